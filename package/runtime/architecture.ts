/** The architectures that packages are built for, as container images name them. */
export const architectures = ['amd64', 'arm64'] as const;

/** One of the architectures that packages are built for. */
export type Architecture = (typeof architectures)[number];

/** The architecture that this machine runs. */
export const hostArchitecture: Architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
