import { join } from 'node:path';
import { type GoProgram, goProgram, goSources, type Report } from '../../package/go-program.ts';

/** Sources that hold manifests the lab applies, by the module that pins them. */
const sources = {
  'crossplane-core': 'github.com/crossplane/crossplane/v2',
  'provider-kubernetes': 'github.com/crossplane-contrib/provider-kubernetes',
  'cluster-inventory-api': 'sigs.k8s.io/cluster-inventory-api',
  kwok: 'sigs.k8s.io/kwok',
} as const;

/** Gives a program ports of its own where it has no flags for them. */
const ports = join(import.meta.dirname, 'programs', 'ports.go');

const kubernetes = (name: string): GoProgram => ({
  name,
  pins: pins('kubernetes'),
  module: 'k8s.io/kubernetes',
  main: `cmd/${name}`,
  variables: {
    'k8s.io/component-base/version.gitVersion': 'v1.35.3',
    'k8s.io/component-base/version.gitMajor': '1',
    'k8s.io/component-base/version.gitMinor': '35',
  },
});

/** The programs of the lab: the same that run on real hubs and members; only kubelets are simulated, by kwok. */
const programs = {
  etcd: { name: 'etcd', pins: pins('etcd'), module: 'go.etcd.io/etcd/server/v3', main: '.' },
  'kube-apiserver': kubernetes('kube-apiserver'),
  'kube-controller-manager': kubernetes('kube-controller-manager'),
  'kube-scheduler': kubernetes('kube-scheduler'),
  kubectl: kubernetes('kubectl'),
  'crossplane-core': {
    name: 'crossplane-core',
    pins: pins('crossplane-core'),
    module: sources['crossplane-core'],
    main: 'cmd/crossplane',
    // Packages say which versions of Crossplane they need; a build without a version meets no constraint.
    variables: { 'github.com/crossplane/crossplane-runtime/v2/pkg/version.version': 'v2.4.0' },
    addition: ports,
  },
  'provider-kubernetes': {
    name: 'provider-kubernetes',
    pins: pins('provider-kubernetes'),
    module: sources['provider-kubernetes'],
    main: 'cmd/provider',
    addition: ports,
  },
  kwok: { name: 'kwok', pins: pins('kwok'), module: sources.kwok, main: 'cmd/kwok' },
  crane: { name: 'crane', pins: pins('crane'), module: 'github.com/google/go-containerregistry', main: 'cmd/crane' },
  kine: { name: 'kine', pins: pins('kine'), module: 'github.com/k3s-io/kine', main: '.' },
} satisfies { readonly [name: string]: GoProgram };

/** Name of a program of the lab. */
export type ProgramName = keyof typeof programs;

/** Returns the path of a program of the lab, built from source unless the cache has it. */
export function buildProgram(name: ProgramName, report?: Report): Promise<string> {
  return goProgram(programs[name], report);
}

/** Returns the folder with a project's sources, whose CRDs and manifests the lab applies. */
export function sourcesOf(name: keyof typeof sources): Promise<string> {
  return goSources(pins(name), sources[name]);
}

function pins(module: string): string {
  return join(import.meta.dirname, 'programs', module);
}
