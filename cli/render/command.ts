import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { KubeObject } from '../../functions/kube/object.ts';
import { connectFunction } from '../../functions/runtime/client.ts';
import type { Command } from '../command.ts';
import { type Document, formatFileProblem, readDocuments } from '../input/documents.ts';
import { developmentTargets, ownFunction, startOwnFunctions, waitForFunctions } from '../input/functions.ts';
import { InputError } from '../input/input-error.ts';
import { asObject } from '../offline-hub/lenient-json.ts';
import { stepsOf } from '../offline-hub/packages.ts';
import { applyDefinition } from './apply-definition.ts';
import { readContextValues } from './context-values.ts';
import { formatRendered } from './format-rendered.ts';
import { overrideAnnotations } from './override-annotations.ts';
import { type Rendered, RenderFailure, type RenderInput, renderOnce } from './render-once.ts';
import { readSchemas, schemasIn } from './required-schemas.ts';

const help = `Usage: crossply render XR COMPOSITION [FUNCTIONS] [flags]

Reconciles one composite resource once, offline, and prints what Crossplane would compose: the same documents in the same
order as crossplane composition render. XR is a file with one resource of the Composition's kind (others in it are left
aside). The functions of Crossply are built in; FUNCTIONS names the others and where they listen (annotations
render.crossplane.io/runtime: Development and render.crossplane.io/runtime-development-target).

Flags:
  -o, --observed-resources PATH     composed resources that exist already, a file or folder
  -e, --required-resources PATH     resources that functions may ask for, a file or folder (repeatable)
  -r, --include-function-results    print events as documents of kind Result
  -x, --include-full-xr             print the XR with its spec and all of its metadata
  -c, --include-context             print the context after the last step
      --context-values KEY=VALUE    JSON or YAML that the context holds before the first step (repeatable)
      --context-files KEY=FILE      the same, from a file (repeatable)
      --xrd PATH                    the XR's definition, for defaults and validation
  -s, --required-schemas DIR        OpenAPI v3 documents that functions may ask schemas of, a .json file each (as
                                    kubectl get --raw /openapi/v3/apis/GROUP/VERSION prints them)
      --function-credentials PATH   Secrets that steps of the Composition name as credentials, a file or folder
  -a, --function-annotations KEY=VALUE
                                    an annotation for all of FUNCTIONS, over their own (repeatable)
  -h, --help                        show this help

Exit codes: 0 rendered, 1 problems, 2 usage.
`;

const options = {
  'observed-resources': { type: 'string', short: 'o' },
  'required-resources': { type: 'string', short: 'e', multiple: true, default: [] as string[] },
  'include-function-results': { type: 'boolean', short: 'r', default: false },
  'include-full-xr': { type: 'boolean', short: 'x', default: false },
  'include-context': { type: 'boolean', short: 'c', default: false },
  'context-values': { type: 'string', multiple: true, default: [] as string[] },
  'context-files': { type: 'string', multiple: true, default: [] as string[] },
  xrd: { type: 'string' },
  'required-schemas': { type: 'string', short: 's' },
  'function-credentials': { type: 'string' },
  'function-annotations': { type: 'string', short: 'a', multiple: true, default: [] as string[] },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** `crossply render`: one composite, one pass. */
export const renderCommand: Command = {
  name: 'render',
  summary: 'what one composite resource would compose in one reconcile',
  help,
  async run(args, terminal) {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    if (values.help) return terminal.print(help);
    const [xrPath, compositionPath, functionsPath, ...rest] = positionals;
    if (xrPath === undefined || compositionPath === undefined || rest.length > 0)
      return terminal.misuse('render takes an XR, a Composition and optionally Functions');
    const { 'observed-resources': observed, 'required-resources': required, xrd } = values;
    const { 'required-schemas': schemas, 'function-credentials': credentials } = values;
    for (const path of [xrPath, compositionPath, functionsPath, observed, ...required, xrd, schemas, credentials])
      if (path !== undefined && !existsSync(path)) return terminal.misuse(`there is no file or folder ${path}`);
    const composition = only(compositionPath, 'Composition', read(compositionPath)).object;
    const document = findComposite(xrPath, composition);
    const definition = xrd && only(xrd, 'CompositeResourceDefinition', read(xrd)).object;
    const composite = definition ? applyDefinition(definition, document) : document.object;
    const given = functionsPath === undefined ? [] : objectsAt(functionsPath);
    const functions = overrideAnnotations(given, values['function-annotations']);
    const rendered = await renderWithFunctions(functions, {
      composite,
      composition,
      observed: observed === undefined ? [] : objectsAt(observed),
      required: required.flatMap(objectsAt),
      credentials: credentials === undefined ? [] : objectsAt(credentials),
      schemaOf: schemasIn(schemas === undefined ? [] : readSchemas(schemas)),
      context: readContextValues(values['context-files'], values['context-values']),
      now: Math.floor(Date.now() / 1000) * 1000,
    });
    return terminal.print(
      formatRendered(rendered, composite, {
        results: values['include-function-results'],
        fullComposite: values['include-full-xr'],
        context: values['include-context'],
      }),
    );
  },
};

/** Renders with our functions, started for it, and the others where their annotations say. Throws an InputError with what prevents it. */
export async function renderWithFunctions(
  functions: readonly KubeObject[],
  input: Omit<RenderInput, 'functions'>,
): Promise<Rendered> {
  const { targets, problems } = developmentTargets(functions.filter(({ kind }) => kind === 'Function'));
  if (problems.length > 0) throw new InputError(problems.join('\n'));
  const missing = stepsOf(input.composition).filter(({ function: name }) => name !== ownFunction && !(name in targets));
  if (missing.length > 0) {
    const lines = missing.map(
      ({ step, function: name }) => `step "${step}" needs Function ${name}: give a file with it`,
    );
    throw new InputError(lines.join('\n'));
  }
  await waitForFunctions(Object.values(targets));
  const server = await startOwnFunctions(() => input.now);
  const addresses = Object.entries({ ...targets, [ownFunction]: `127.0.0.1:${server.port}` });
  const clients = new Map(addresses.map(([name, address]) => [name, connectFunction(address)]));
  try {
    return await renderOnce({ ...input, functions: clients });
  } catch (error) {
    throw error instanceof RenderFailure ? new InputError(error.message) : error;
  } finally {
    for (const client of clients.values()) client.close();
    await server.stop(0);
  }
}

/** The file may hold more than the composite: what is of the Composition's kind counts. */
function findComposite(path: string, composition: KubeObject): Document {
  const { apiVersion, kind } = asObject(asObject(composition.spec)['compositeTypeRef']);
  const documents = read(path).filter(({ object }) => object.kind === kind && object.apiVersion === apiVersion);
  return only(path, `${kind} of ${apiVersion}, as the Composition composes it,`, documents, String(kind));
}

function only(path: string, what: string, documents: readonly Document[], kind = what): Document {
  const [found, second] = documents.filter(({ object }) => object.kind === kind);
  if (found === undefined) throw new InputError(`${path} holds no ${what}`);
  if (second === undefined) return found;
  const message = `is the second ${kind} of the file; render takes one`;
  throw new InputError(formatFileProblem({ file: second.file, line: second.lineOf(), message }));
}

function objectsAt(path: string): readonly KubeObject[] {
  return read(path).map(({ object }) => object);
}

function read(path: string): readonly Document[] {
  const { documents, problems } = readDocuments(path);
  if (problems.length > 0) throw new InputError(problems.map(formatFileProblem).join('\n'));
  return documents;
}
