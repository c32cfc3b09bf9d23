/**
 * The function protocol of Crossplane (apiextensions.fn.proto.v1): messages with their codecs, enums and the gRPC service.
 * The only file that imports the SDK: its server and its merging of resources are not used (they corrupt lists and do not ask for client certificates).
 */
export {
  Capability,
  Condition,
  Credentials,
  FunctionRunnerServiceService,
  Ready,
  Requirements,
  Resource,
  ResourceSelector,
  Resources,
  Result,
  RunFunctionRequest,
  RunFunctionResponse,
  Schema,
  SchemaSelector,
  Severity,
  State,
  Status,
  Target,
} from '@crossplane-org/function-sdk-typescript';
