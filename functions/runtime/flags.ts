import { parseArgs } from 'node:util';
import { nearest } from '../kube/schema-suggestion.ts';

/** Settings of the function server, from flags and environment. */
export interface ServerSettings {
  /** `host:port` to listen on. */
  readonly address: string;
  readonly insecure: boolean;
  /** Folder with ca.crt, tls.crt and tls.key. */
  readonly tlsCertsDir: string;
  readonly debug: boolean;
  /** `host:port` of the Prometheus endpoint; empty turns it off. */
  readonly metricsAddress: string;
  readonly maxReceiveMessageMiB: number;
}

export const usage = `Usage: function-crossply [flags]

The Crossply composition functions as one gRPC server (FunctionRunnerService, apiextensions.fn.proto.v1).

Flags:
      --address HOST:PORT              where to listen (default 0.0.0.0:9443)
      --tls-certs-dir DIR              folder with ca.crt, tls.crt, tls.key; clients need a certificate of that CA
                                       (also --tls-server-certs-dir; environment TLS_SERVER_CERTS_DIR; default /tls/server)
      --insecure                       serve plaintext, for local development only
      --metrics-address HOST:PORT      where to serve Prometheus metrics (default 0.0.0.0:8080; "" turns them off)
      --max-recv-message-size MiB      largest request accepted (default 64)
  -d, --debug                          log every call
  -h, --help                           show this help
`;

const options = {
  address: { type: 'string', default: '0.0.0.0:9443' },
  insecure: { type: 'boolean', default: false },
  'tls-certs-dir': { type: 'string' },
  'tls-server-certs-dir': { type: 'string' },
  debug: { type: 'boolean', short: 'd', default: false },
  'metrics-address': { type: 'string', default: '0.0.0.0:8080' },
  'max-recv-message-size': { type: 'string', default: '64' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Returns the settings, `help`, or what is wrong with the command line. */
export function readFlags(
  args: readonly string[],
  environment: { readonly [name: string]: string | undefined },
): ServerSettings | 'help' | { readonly error: string } {
  const mistake = findMistake(args);
  if (mistake !== undefined) return { error: mistake };
  const { values } = parseArgs({ args: [...args], options });
  if (values.help) return 'help';
  const maxReceiveMessageMiB = Number(values['max-recv-message-size']);
  if (!(maxReceiveMessageMiB >= 4 && maxReceiveMessageMiB <= 1024)) {
    return { error: `--max-recv-message-size: must be 4 to 1024 MiB (got "${values['max-recv-message-size']}")` };
  }
  for (const flag of ['address', 'metrics-address'] as const) {
    const value = values[flag];
    if (!isAddress(value) && !(flag === 'metrics-address' && value === '')) {
      return { error: `--${flag}: must be HOST:PORT (got "${value}")` };
    }
  }
  return {
    address: values.address,
    insecure: values.insecure,
    tlsCertsDir:
      values['tls-certs-dir'] ?? values['tls-server-certs-dir'] ?? environment['TLS_SERVER_CERTS_DIR'] ?? '/tls/server',
    debug: values.debug,
    metricsAddress: values['metrics-address'],
    maxReceiveMessageMiB,
  };
}

/** Says in our words what parseArgs would refuse in several sentences, not all of them true here. */
function findMistake(args: readonly string[]): string | undefined {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'positional') return `unexpected argument "${token.value}": there are only flags`;
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    if (!Object.hasOwn(options, name)) return unknownFlag(rawName);
    const takesValue = options[name as keyof typeof options].type === 'string';
    if (!takesValue && value !== undefined) return `${rawName}: takes no value`;
    if (takesValue && (value === undefined || (!inlineValue && value.startsWith('-'))))
      return `${rawName}: needs a value`;
  }
  return undefined;
}

function unknownFlag(flag: string): string {
  const meant = nearest(flag.replace(/^-+/, ''), Object.keys(options));
  return meant === undefined ? `unknown flag ${flag}` : `unknown flag ${flag}; did you mean "--${meant}"?`;
}

function isAddress(value: string): boolean {
  const match = /^(\[[0-9a-fA-F:]+\]|[^:]*):(\d{1,5})$/.exec(value);
  return match !== null && Number(match[2]) <= 65535;
}
