import { isDescribed } from '../../functions/health/health-rules.ts';
import type { Json, JsonObject } from '../../functions/kube/json.ts';
import { groupOf, type KubeObject } from '../../functions/kube/object.ts';
import type { Agenda } from './agenda.ts';
import { controllerStatus, guessedStatus } from './controller-status.ts';
import { isBuiltIn } from './kind-scope.ts';
import { asObject } from './lenient-json.ts';
import { MemberAdmission } from './member-admission.ts';
import { keyOf, type ObjectRef, refTo } from './object-ref.ts';
import { ObjectStore } from './object-store.ts';
import { sameJson } from './same-json.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { WatchEvent } from './watch-event.ts';
import { imagesOf, isHeldBack, type Progress, workloadStatus } from './workload-status.ts';

/** How a member cluster behaves. */
export interface MemberSettings {
  /** Kinds whose CustomResourceDefinition is missing there, as `apiVersion/Kind`. */
  readonly missingKinds?: readonly string[];
  /** How long pods take to become ready. */
  readonly readyAfterSeconds?: number;
  /** Kinds whose controller or operator does not run there, as `apiVersion/Kind`: their objects get no status. */
  readonly idleKinds?: readonly string[];
}

const startedAfterMs = 200;
const boundAfterMs = 1_000;
const emptiedAfterMs = 1_000;
const progressDeadlineSeconds = 600;

/** The objects of one member cluster and just enough of its controllers: workloads, namespaces, and for all other kinds a status by which they are healthy in the end. */
export class MemberCluster {
  readonly name: string;
  readonly store: ObjectStore;
  readonly admission: MemberAdmission;
  /** Whether its API server cannot be reached. */
  isDown = false;
  readonly #agenda: Agenda;
  readonly #clock: VirtualClock;
  readonly #readyAfterMs: number;
  readonly #idleKinds: ReadonlySet<string>;
  readonly #unhealthyImages = new Set<string>();
  readonly #stableTemplates = new Map<string, Json>();
  readonly #readyReplicas = new Map<string, number>();

  constructor(name: string, clock: VirtualClock, agenda: Agenda, settings: MemberSettings = {}) {
    this.name = name;
    this.#clock = clock;
    this.#agenda = agenda;
    this.#readyAfterMs = (settings.readyAfterSeconds ?? 3) * 1000;
    this.#idleKinds = new Set(settings.idleKinds);
    this.admission = new MemberAdmission(() => this.store, settings.missingKinds ?? []);
    this.store = new ObjectStore(name, clock, this.admission);
    this.store.watch((event) => this.#react(event));
  }

  /** Makes the pods of an image fail, or heals them. Images with the tag `broken` always fail. */
  setImageHealth(image: string, isHealthy: boolean): void {
    if (isHealthy) this.#unhealthyImages.delete(image);
    else this.#unhealthyImages.add(image);
    for (const object of [...this.store.index.all()]) {
      if (imagesOf(templateOf(object)).includes(image)) this.#settleLater(object, this.#readyAfterMs, 'Settled');
    }
  }

  #react({ type, object, old }: WatchEvent): void {
    if (type === 'Deleted') {
      this.#stableTemplates.delete(object.metadata.uid ?? '');
      this.#readyReplicas.delete(object.metadata.uid ?? '');
      this.#agenda.cancel(`settle ${this.name} ${keyOf(refTo(object))}`);
      return;
    }
    if (object.kind === 'Namespace' && object.metadata.deletionTimestamp !== undefined) this.#emptyLater(object);
    if (old !== undefined && sameJson(old.spec, object.spec)) return;
    if (templateOf(object) !== undefined) this.#start(object);
    else this.#control(object);
  }

  /** Has the controller of a kind without pods write its status, unless that controller does not run here. */
  #control(object: KubeObject): void {
    const status = this.#idleKinds.has(`${object.apiVersion}/${object.kind}`) ? undefined : controllerStatus(object);
    if (status !== undefined) this.#later(object, isBuiltIn(object) ? boundAfterMs : this.#readyAfterMs, status);
  }

  /** Has the operator of a kind of which only a readiness query is known write a usual status that the query is content with. */
  satisfy(object: KubeObject, query: string): void {
    if (isDescribed(object) || object.status !== undefined) return;
    if (this.#idleKinds.has(`${object.apiVersion}/${object.kind}`)) return;
    const status = guessedStatus(object, query);
    if (status !== undefined) this.#later(object, this.#readyAfterMs, status);
  }

  #start(workload: KubeObject): void {
    const ref = refTo(workload);
    this.#schedule(`start ${this.name} ${keyOf(ref)}`, startedAfterMs, () => this.#report(ref, 'Started'));
    this.#settleLater(workload, this.#readyAfterMs, 'Settled');
  }

  #settleLater(workload: KubeObject, delayMs: number, phase: Progress['phase']): void {
    const ref = refTo(workload);
    const key = `settle ${this.name} ${keyOf(ref)}`;
    this.#agenda.cancel(key);
    this.#schedule(key, delayMs, () => {
      this.#report(ref, phase);
      const template = templateOf(workload);
      if (this.#isHealthy(template)) return;
      const seconds = Number(asObject(workload.spec)['progressDeadlineSeconds'] ?? progressDeadlineSeconds);
      if (phase === 'Settled' && workload.kind === 'Deployment')
        this.#settleLater(workload, seconds * 1000, 'DeadlineExceeded');
    });
  }

  #report(ref: ObjectRef, phase: Progress['phase']): void {
    const workload = this.store.get(ref);
    if (workload === undefined) return;
    const uid = workload.metadata.uid ?? '';
    const stableTemplate = this.#stableTemplates.get(uid);
    const readyReplicas = this.#readyReplicas.get(uid);
    const progress: Progress = {
      phase,
      isHealthy: (template) => this.#isHealthy(template),
      ...(stableTemplate !== undefined && { stableTemplate }),
      ...(readyReplicas !== undefined && { readyReplicas }),
    };
    const status = workloadStatus(workload, progress, this.#clock.timestamp());
    if (status !== undefined) {
      this.#writeStatus(ref, status);
      this.#readyReplicas.set(uid, Number(status['readyReplicas'] ?? status['numberReady'] ?? 0));
    }
    const template = templateOf(workload);
    const isSettled = phase === 'Settled' && (stableTemplate === undefined || !isHeldBack(workload));
    if (isSettled && template !== undefined && this.#isHealthy(template)) this.#stableTemplates.set(uid, template);
  }

  #isHealthy(template: Json | undefined): boolean {
    return imagesOf(template).every((image) => !image.endsWith(':broken') && !this.#unhealthyImages.has(image));
  }

  #emptyLater(namespace: KubeObject): void {
    const { name = '' } = namespace.metadata;
    this.#schedule(`empty ${this.name} ${name}`, emptiedAfterMs, () => {
      const content = [...this.store.index.all()].filter((object) => object.metadata.namespace === name);
      for (const object of content) this.store.delete(refTo(object));
      const isEmpty = ![...this.store.index.all()].some((object) => object.metadata.namespace === name);
      if (!isEmpty) {
        this.#emptyLater(namespace);
        return;
      }
      this.store.update(refTo(namespace), 'namespace-controller', (object) => ({
        ...object,
        metadata: { ...object.metadata, finalizers: [] },
      }));
    });
  }

  #later(object: KubeObject, delayMs: number, status: JsonObject): void {
    const ref = refTo(object);
    this.#schedule(`status ${this.name} ${keyOf(ref)}`, delayMs, () => this.#writeStatus(ref, status));
  }

  #writeStatus(ref: ObjectRef, status: JsonObject): void {
    this.store.update(ref, 'kube-controller-manager', (object) => ({ ...object, status }), 'status');
  }

  #schedule(key: string, delayMs: number, run: () => void): void {
    this.#agenda.schedule(key, this.#clock.milliseconds + delayMs, { run, isIdle: () => false });
  }
}

/** A Pod is its own template. */
function templateOf({ apiVersion, kind, spec }: KubeObject): Json | undefined {
  const hasPods = podKinds[groupOf(apiVersion)]?.includes(kind) === true;
  if (!hasPods) return undefined;
  return kind === 'Pod' ? { spec: spec ?? null } : asObject(spec)['template'];
}

const podKinds: { readonly [group: string]: readonly string[] } = {
  '': ['Pod', 'ReplicationController'],
  apps: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'],
  batch: ['Job'],
};
