import { readFile } from 'node:fs/promises';
import { runtimeFlags } from '../runtime-flags.ts';
import type { Architecture } from './architecture.ts';
import { type Layer, packLayer } from './layer.ts';
import { librariesLayer, nonroot } from './libraries-layer.ts';
import { nodeLayer, nodePath } from './node-layer.ts';
import { sha256 } from './sha256.ts';
import { type TarFile, writeTar } from './tar-file.ts';

/** Where the image has the function server. */
export const serverPath = '/function-crossply.mjs';

/** What an image is made of. */
export interface ImageSettings {
  readonly architecture: Architecture;
  readonly version: string;
  /** Path of the bundled server; the licences of what it bundles are beside it. */
  readonly server: string;
}

/**
 * Returns the runtime image of the function as an archive that `docker load` reads and `crossplane xpkg build` embeds:
 * the libraries, Node.js and the bundled server, and nothing else. The same inputs give the same bytes.
 */
export async function runtimeImage({ architecture, version, server }: ImageSettings): Promise<Buffer> {
  const layers = [await librariesLayer(architecture), await nodeLayer(architecture), await serverLayer(server)];
  const config = Buffer.from(JSON.stringify(imageConfig(architecture, version, layers)));
  const configName = `${sha256(config)}.json`;
  const blobs = layers.map(({ blob }): TarFile => file(`${sha256(blob)}.tar.gz`, blob));
  const manifest = [
    {
      Config: configName,
      RepoTags: [`function-crossply:${version}-${architecture}`],
      Layers: blobs.map(({ path }) => path),
    },
  ];
  return writeTar([file(configName, config), ...blobs, file('manifest.json', Buffer.from(JSON.stringify(manifest)))]);
}

/** The OCI image configuration; without times, so that a build can be repeated. */
function imageConfig(architecture: Architecture, version: string, layers: readonly Layer[]) {
  return {
    architecture,
    os: 'linux',
    config: {
      User: `${nonroot}:${nonroot}`,
      Env: ['PATH=/usr/bin', 'NODE_ENV=production'],
      Entrypoint: [nodePath, ...runtimeFlags, serverPath],
      WorkingDir: '/',
      ExposedPorts: { '9443/tcp': {}, '8080/tcp': {} },
      Labels: {
        'org.opencontainers.image.title': 'function-crossply',
        'org.opencontainers.image.description': 'The Crossply composition functions as one gRPC server.',
        'org.opencontainers.image.source': 'https://github.com/crossply/crossply',
        'org.opencontainers.image.licenses': 'Apache-2.0',
        'org.opencontainers.image.version': version,
      },
    },
    // Some tools refuse an image that tells less history than it has layers.
    history: ['libraries', 'node', 'server'].map((name) => ({ created: '1970-01-01T00:00:00Z', created_by: name })),
    rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => `sha256:${diffId}`) },
  };
}

async function serverLayer(server: string): Promise<Layer> {
  const licences = await readFile(`${server}.LEGAL.txt`).catch(() => undefined);
  return packLayer([
    file(serverPath.slice(1), await readFile(server)),
    ...(licences === undefined ? [] : [file('usr/share/doc/function-crossply/copyright', licences)]),
  ]);
}

function file(path: string, content: Buffer): TarFile {
  return { kind: 'file', path, mode: 0o644, content };
}
