import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import type { KubeObject } from '../../functions/kube/object.ts';
import type { FunctionResponse } from '../../functions/runtime/composition-function.ts';
import { encodeResponse } from '../../functions/runtime/encode.ts';
import {
  FunctionRunnerServiceService,
  type RunFunctionRequest,
  type RunFunctionResponse,
} from '../../functions/runtime/proto.ts';
import { createOfflineHub, type OfflineHub } from './hub.ts';
import type { HubOptions } from './hub-options.ts';

/** A function that is written in a test. */
export type Script = (request: RunFunctionRequest) => FunctionResponse;

/** A hub whose only function is a script, served over gRPC like any other. */
export interface ScriptedHub {
  readonly hub: OfflineHub;
  /** Every request so far. */
  readonly requests: readonly RunFunctionRequest[];
  stop(): void;
}

/** Serves a script over gRPC on a free port, like any other function. */
export async function serveScript(
  script: Script,
): Promise<{ readonly target: string; readonly requests: readonly RunFunctionRequest[]; stop(): void }> {
  const requests: RunFunctionRequest[] = [];
  const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  server.addService(FunctionRunnerServiceService, {
    runFunction(
      { request }: ServerUnaryCall<RunFunctionRequest, RunFunctionResponse>,
      reply: sendUnaryData<RunFunctionResponse>,
    ) {
      requests.push(request);
      reply(null, encodeResponse(request, script(request)));
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { target: `127.0.0.1:${port}`, requests, stop: () => server.forceShutdown() };
}

/** Starts a hub that serves kind Thing (and Part, for children) of test.dev/v1 with a script. */
export async function startScriptedHub(script: Script, options: Partial<HubOptions> = {}): Promise<ScriptedHub> {
  const { target, requests, stop: stopServer } = await serveScript(script);
  const hub = createOfflineHub({
    functions: { 'function-script': target },
    xrds: [definition('Thing'), definition('Part')],
    compositions: [composition('Thing'), composition('Part')],
    ...options,
  });
  const stop = () => {
    hub.close();
    stopServer();
  };
  return { hub, requests, stop };
}

/** Returns a Thing to apply. */
export function thing(name: string, spec: KubeObject['spec'] = {}): KubeObject {
  return { apiVersion: 'test.dev/v1', kind: 'Thing', metadata: { name, namespace: 'team' }, spec };
}

/** The reference of a Thing. */
export function thingRef(name: string) {
  return { apiVersion: 'test.dev/v1', kind: 'Thing', namespace: 'team', name };
}

/** Returns a ConfigMap to desire. */
export function configMap(name: string, data: { readonly [key: string]: string } = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data };
}

/** Returns desired resources, all ready, by key. */
export function desire(resources: { readonly [key: string]: KubeObject }): NonNullable<FunctionResponse['resources']> {
  return new Map(Object.entries(resources).map(([key, resource]) => [key, { resource, ready: true }]));
}

function definition(kind: 'Thing' | 'Part'): KubeObject {
  const plural = `${kind.toLowerCase()}s`;
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.crossplane.io/v2',
    kind: 'CompositeResourceDefinition',
    metadata: { name: `${plural}.test.dev` },
    spec: {
      group: 'test.dev',
      names: { kind, plural },
      scope: 'Namespaced',
      versions: [
        {
          name: 'v1',
          served: true,
          referenceable: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  'x-kubernetes-validations': [
                    { rule: '!has(self.size) || self.size > 0', message: 'must have a size' },
                    { rule: '!has(self.link) || isURL(self.link)', message: 'must link to a URL' },
                  ],
                  properties: {
                    colour: { type: 'string', default: 'grey' },
                    size: { type: 'integer' },
                    link: { type: 'string' },
                    fixed: {
                      type: 'string',
                      'x-kubernetes-validations': [{ rule: 'self == oldSelf', message: 'is immutable' }],
                    },
                    values: anything,
                  },
                },
                status: {
                  type: 'object',
                  properties: { phase: { type: 'string' }, note: { type: 'string' }, values: anything },
                },
              },
            },
          },
        },
      ],
    },
  };
}

function composition(kind: 'Thing' | 'Part'): KubeObject {
  return {
    apiVersion: 'apiextensions.crossplane.io/v1',
    kind: 'Composition',
    metadata: { name: `${kind.toLowerCase()}s.test.dev` },
    spec: {
      compositeTypeRef: { apiVersion: 'test.dev/v1', kind },
      mode: 'Pipeline',
      pipeline: [{ step: 'run', functionRef: { name: 'function-script' }, input: { apiVersion: 'test.dev/v1', kind } }],
    },
  };
}
