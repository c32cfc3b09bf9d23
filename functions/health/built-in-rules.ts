import type { HealthRule } from './health-rule.ts';
import { apiMachinery } from './kinds/api-machinery.ts';
import { argo } from './kinds/argo.ts';
import { certManager } from './kinds/cert-manager.ts';
import { clusterApi } from './kinds/cluster-api.ts';
import { crossplane } from './kinds/crossplane.ts';
import { dataProcessing } from './kinds/data-processing.ts';
import { databases } from './kinds/databases.ts';
import { elastic } from './kinds/elastic.ts';
import { flux } from './kinds/flux.ts';
import { istio } from './kinds/istio.ts';
import { kafka } from './kinds/kafka.ts';
import { knative } from './kinds/knative.ts';
import { kubevirt } from './kinds/kubevirt.ts';
import { kueue } from './kinds/kueue.ts';
import { networking } from './kinds/networking.ts';
import { observability } from './kinds/observability.ts';
import { postgres } from './kinds/postgres.ts';
import { rabbitmq } from './kinds/rabbitmq.ts';
import { scaling } from './kinds/scaling.ts';
import { secrets } from './kinds/secrets.ts';
import { storage } from './kinds/storage.ts';
import { velero } from './kinds/velero.ts';
import { workloads } from './kinds/workloads.ts';

/** The rules of Crossply, by family. */
export const families: { readonly [family: string]: readonly HealthRule[] } = {
  Workloads: workloads,
  'API machinery': apiMachinery,
  Networking: networking,
  Storage: storage,
  'cert-manager': certManager,
  Crossplane: crossplane,
  Flux: flux,
  Argo: argo,
  Postgres: postgres,
  Kafka: kafka,
  'Kueue and batch': kueue,
  KubeVirt: kubevirt,
  Knative: knative,
  Secrets: secrets,
  'Data processing': dataProcessing,
  RabbitMQ: rabbitmq,
  Elastic: elastic,
  'Cluster API': clusterApi,
  Scaling: scaling,
  Istio: istio,
  Databases: databases,
  Observability: observability,
  Velero: velero,
};

/** Every rule of Crossply. */
export const builtInRules: readonly HealthRule[] = Object.values(families).flat();
