import type { SourceChange } from './changed-build.ts';

/** A later release of Crossply, as far as it differs from this checkout. */
export interface LaterRelease {
  readonly version: string;
  readonly changes: readonly SourceChange[];
}

/** Renders and delivers as before. */
export const sameBytes: LaterRelease = { version: '0.2.0', changes: [] };

/** Gives new slices and Objects keys and names of another form. */
export const otherNames: LaterRelease = {
  version: '0.3.0',
  changes: [
    {
      file: 'functions/delivery/cluster-objects.ts',
      from: 'key: before?.key ?? `${entryKey(assignment)}/${identity}`',
      to: 'key: before?.key ?? `named-otherwise/${identity}/${entryKey(assignment)}`',
    },
    {
      file: 'functions/delivery/cluster-objects.ts',
      from: 'return `${boundedName(',
      to: 'return `named-otherwise-${boundedName(',
    },
    {
      file: 'functions/fan-out/fill-slices.ts',
      from: 'const key = `slice/${namespace}/${name}/${index}`',
      to: 'const key = `slice/named-otherwise/${namespace}/${name}/${index}`',
    },
    {
      file: 'functions/fan-out/slice-object.ts',
      from: 'boundedName([owner.kind, owner.name,',
      to: "boundedName(['named-otherwise', owner.kind, owner.name,",
    },
  ],
};

/** Annotation that the next format below puts on remote objects. */
export const formatAnnotation = 'example.com/delivered-by-format';

/** Delivers new assignments in a next format, which puts an annotation on every object. */
export const nextFormat: LaterRelease = {
  version: '0.4.0',
  changes: [
    ...otherNames.changes,
    { file: 'functions/delivery/formats.ts', from: 'currentFormat = 2', to: 'currentFormat = 3' },
    {
      file: 'functions/delivery/formats.ts',
      from: '[2, formatTwo],',
      to: `[2, formatTwo], [3, (manifest, providerConfig, rules) => {
        const annotations = { ...manifest.metadata.annotations, '${formatAnnotation}': '3' };
        return formatTwo({ ...manifest, metadata: { ...manifest.metadata, annotations } }, providerConfig, rules);
      }],`,
    },
  ],
};

/** Label that the last release puts on workloads and their pods. */
export const renderedLabel = 'example.com/rendered-by';

/** Renders workloads with one label more. */
export const otherRendering: LaterRelease = {
  version: '0.5.0',
  changes: [
    ...nextFormat.changes,
    {
      file: 'functions/app/labels.ts',
      from: '...part.component.labels, ...standardLabels(part) };',
      to: `...part.component.labels, ...standardLabels(part), '${renderedLabel}': 'later' };`,
    },
  ],
};
