import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import type {
  handleUnaryCall,
  ServerWritableStream,
  ServiceDefinition,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { status as grpcStatus } from '@grpc/grpc-js';

/** grpc.health.v1.HealthCheckResponse.ServingStatus. */
const serving = 1;
const notServing = 2;

/** An object, for grpc-js takes a request that is falsy, such as the empty name of the whole server, for none at all. */
type HealthRequest = { readonly service: string };

const codec = {
  requestSerialize: ({ service }: HealthRequest) =>
    service === '' ? Buffer.alloc(0) : Buffer.from(new BinaryWriter().uint32(10).string(service).finish()),
  requestDeserialize: (bytes: Buffer): HealthRequest => {
    const reader = new BinaryReader(bytes);
    let service = '';
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      if (tag === 10) service = reader.string();
      else reader.skip(tag & 7);
    }
    return { service };
  },
  responseSerialize: (value: number) => Buffer.from(new BinaryWriter().uint32(8).int32(value).finish()),
  responseDeserialize: (bytes: Buffer): number => {
    const reader = new BinaryReader(bytes);
    return reader.len > 0 && reader.uint32() === 8 ? reader.int32() : 0;
  },
};

/** The gRPC health checking protocol (grpc.health.v1), written out because the ready-made package reads a .proto file at start, which a bundle has not. */
export const healthService = {
  check: { path: '/grpc.health.v1.Health/Check', requestStream: false, responseStream: false, ...codec },
  watch: { path: '/grpc.health.v1.Health/Watch', requestStream: false, responseStream: true, ...codec },
} satisfies ServiceDefinition;

/** Returns the handlers of the health service for the given services and the switch that turns them to NOT_SERVING at shutdown. */
export function createHealth(services: readonly string[]): {
  readonly handlers: UntypedServiceImplementation;
  readonly stopServing: () => void;
} {
  let current = serving;
  const watchers = new Set<ServerWritableStream<HealthRequest, number>>();
  const known = new Set(['', ...services]);
  const check: handleUnaryCall<HealthRequest, number> = ({ request: { service } }, callback) => {
    if (known.has(service)) callback(null, current);
    else callback({ code: grpcStatus.NOT_FOUND, details: `unknown service "${service}"` });
  };
  const watch = (call: ServerWritableStream<HealthRequest, number>) => {
    const serviceUnknown = 3;
    call.write(known.has(call.request.service) ? current : serviceUnknown);
    watchers.add(call);
    call.on('cancelled', () => watchers.delete(call));
  };
  const stopServing = () => {
    current = notServing;
    for (const call of watchers) {
      call.write(current);
      call.end();
    }
    watchers.clear();
  };
  return { handlers: { check, watch }, stopServing };
}
