import type { KubeObject } from '../../functions/kube/object.ts';
import { type Checked, formatProblems, type Problem } from '../../functions/kube/problem.ts';
import { connectFunction, type FunctionClient } from '../../functions/runtime/client.ts';
import { Agenda } from './agenda.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import type { Pass } from './composite.ts';
import { CompositeController } from './composite-controller.ts';
import type { CoreParts } from './core-parts.ts';
import { DependencyTracker } from './dependency-tracker.ts';
import { FaultInjector } from './faults.ts';
import { GarbageCollector } from './garbage-collector.ts';
import { HubAdmission } from './hub-admission.ts';
import type { HubOptions } from './hub-options.ts';
import { Journal } from './journal.ts';
import { MemberCluster, type MemberSettings } from './member-cluster.ts';
import type { ListSelector } from './object-index.ts';
import { liveReader, RecentPast } from './object-reader.ts';
import { formatRef, type ObjectRef, refTo } from './object-ref.ts';
import { ObjectStore } from './object-store.ts';
import { ProviderController } from './provider-controller.ts';
import { type RecordedPass, recordPass } from './recorded-pass.ts';
import type { Refusal, Written } from './refusal.ts';
import { repeatingClient } from './repeating-client.ts';
import type { SkippedRule } from './schema-rules.ts';
import { idle, repeating, runNext, type Settled, settle } from './settle.ts';
import { UsageController } from './usage-controller.ts';
import { VirtualClock } from './virtual-clock.ts';

/** A Crossplane hub with its member clusters, in memory and on a virtual clock. The functions are real and called over gRPC. */
export class OfflineHub {
  readonly clock: VirtualClock;
  readonly store: ObjectStore;
  readonly journal: Journal;
  readonly members = new Map<string, MemberCluster>();
  /** Every reconcile of a composite so far, without what its pipeline answered. */
  readonly passes: RecordedPass[] = [];
  /** What a run showed to be wrong with a function: for now, different answers to the same request. */
  readonly findings: string[] = [];
  readonly #agenda = new Agenda();
  readonly #admission: HubAdmission;
  readonly #composites: CompositeController;
  readonly #provider: ProviderController;
  readonly #connected: readonly FunctionClient[];

  constructor(options: HubOptions) {
    this.clock = options.clock ?? new VirtualClock();
    this.journal = new Journal(this.clock);
    this.#admission = new HubAdmission(() => this.store, options.missingKinds ?? []);
    this.store = new ObjectStore('hub', this.clock, this.#admission);
    const faults = new FaultInjector(options.faults ?? {}, options.seed ?? 1);
    const clients = Object.entries(options.functions).map(([name, at]) => ({
      name,
      client: typeof at === 'string' ? connectFunction(at) : at,
      isOwn: typeof at === 'string',
    }));
    this.#connected = clients.filter(({ isOwn }) => isOwn).map(({ client }) => client);
    const report = (finding: string) => void this.findings.push(finding);
    const parts = this.#core(
      options,
      faults,
      new Map(clients.map(({ name, client }) => [name, repeatingClient(client, faults, report)])),
    );
    this.journal.follow(this.store);
    this.#composites = new CompositeController(parts, this.#agenda, (pass) =>
      this.passes.push(recordPass(pass, this.clock.milliseconds)),
    );
    new GarbageCollector(this.store, this.#agenda, this.clock);
    new UsageController(this.store, this.#agenda, this.clock);
    const memberOf = ({ name }: { readonly name: string }) => this.members.get(name);
    this.#provider = new ProviderController(
      { hub: this.store, clock: this.clock, memberOf },
      this.#agenda,
      faults.isPollOnly,
    );
    for (const object of [...options.xrds, ...options.compositions]) {
      const { problems } = this.apply(object);
      if (problems !== undefined) throw new Error(formatProblems(problems));
    }
  }

  /** Applies an object as `kubectl apply` does; a status is written as well. Returns the object, or why it was refused. */
  apply(object: KubeObject, manager = 'kubectl'): Checked<KubeObject> {
    const applied = this.store.apply(object, manager);
    const { status } = object;
    if (applied.refusal !== undefined || status === undefined) return checked(object, applied);
    return checked(
      object,
      this.store.update(refTo(object), manager, (live) => ({ ...live, status }), 'status'),
    );
  }

  /** Deletes an object. Returns why that was refused, or nothing. */
  delete(ref: ObjectRef, propagation: 'Background' | 'Foreground' = 'Background'): readonly Problem[] {
    const { refusal } = this.store.delete(ref, propagation);
    return refusal === undefined ? [] : problemsOf(formatRef(ref), refusal);
  }

  get(ref: ObjectRef): KubeObject | undefined {
    return this.store.get(ref);
  }

  /** Returns matching objects, sorted by namespace and name. */
  list(selector: ListSelector): KubeObject[] {
    return this.store.index.list(selector);
  }

  /** Adds a member cluster, which provider configs of that name reach. */
  addMember(name: string, settings: MemberSettings = {}): MemberCluster {
    const member = new MemberCluster(name, this.clock, this.#agenda, settings);
    this.members.set(name, member);
    this.journal.follow(member.store);
    this.#provider.follow(member);
    return member;
  }

  /** Cuts a member off, or brings it back. */
  setMemberDown(name: string, isDown: boolean): void {
    const member = this.members.get(name);
    if (member === undefined) throw new Error(`there is no member cluster ${name}`);
    member.isDown = isDown;
  }

  /** Reconciles one composite now, whatever is due. */
  reconcile(ref: ObjectRef): Promise<Pass> {
    return this.#composites.reconcile(ref);
  }

  /** Does the next thing that is due, at its time; false when nothing is. */
  step(): Promise<boolean> {
    return runNext(this.#agenda, this.clock);
  }

  /** Lets a time pass and does all that falls due in it. */
  async runFor(virtualSeconds: number): Promise<void> {
    const end = this.clock.milliseconds + virtualSeconds * 1000;
    while ((this.#agenda.peek()?.due ?? Number.POSITIVE_INFINITY) <= end) await this.step();
    this.clock.advanceTo(end);
  }

  /** Runs until nothing is due before an hour-long TTL and repeating the last passes would change nothing. */
  runUntilSettled({ maxVirtualSeconds = 7200 }: { readonly maxVirtualSeconds?: number } = {}): Promise<Settled> {
    return settle(this.#agenda, this.clock, maxVirtualSeconds, idle);
  }

  /** Runs until all that is due would repeat itself unless the time makes a difference. */
  runUntilQuiet({ maxVirtualSeconds }: { readonly maxVirtualSeconds: number }): Promise<Settled> {
    return settle(this.#agenda, this.clock, maxVirtualSeconds, repeating);
  }

  /** Lets a hub that is quiet pass a time without a look at anything, then reconciles some composites. */
  async skipTo(milliseconds: number, composites: readonly ObjectRef[]): Promise<void> {
    this.#agenda.skip(this.clock.milliseconds, milliseconds);
    this.clock.advanceTo(milliseconds);
    for (const composite of composites) await this.reconcile(composite);
  }

  /** Returns the composites that are reconciled, each with the virtual time at which its functions want to be asked again, if they named one. */
  looks(): { readonly composite: ObjectRef; readonly dueAt?: number }[] {
    return this.#composites.looks();
  }

  /** Returns the composites whose last pass failed, with the reason. */
  failures(): { readonly composite: ObjectRef; readonly message: string }[] {
    return this.#composites.failures();
  }

  /** Returns the CEL rules met so far that only a real API server evaluates. */
  skippedRules(): readonly SkippedRule[] {
    return this.#admission.skippedRules;
  }

  /** Closes the connections to functions that the hub made itself. */
  close(): void {
    for (const client of this.#connected) client.close();
  }

  #core(options: HubOptions, faults: FaultInjector, functions: ReadonlyMap<string, FunctionClient>): CoreParts {
    const past = faults.remembersPast ? new RecentPast(this.store, this.clock) : undefined;
    let calls = 0;
    return {
      store: this.store,
      admission: this.#admission,
      clock: this.clock,
      tracker: new DependencyTracker(),
      breaker: options.breaker && new CircuitBreaker(options.breaker),
      functions,
      faults,
      view: () => {
        const lagMs = past === undefined ? 0 : faults.lagMs();
        const reader = lagMs === 0 ? undefined : past?.reader(lagMs);
        return reader === undefined ? { reader: liveReader(this.store), lagMs: 0 } : { reader, lagMs };
      },
      tag: () => `call-${++calls}`,
      tell: (ref, notice) => this.journal.tell(ref, notice),
    };
  }
}

/** Returns an offline hub with its definitions and Compositions. Throws when one of those is refused. */
export function createOfflineHub(options: HubOptions): OfflineHub {
  return new OfflineHub(options);
}

function checked(object: KubeObject, written: Written): Checked<KubeObject> {
  if (written.refusal === undefined) return { value: written.object };
  return { problems: problemsOf(formatRef(refTo(object)), written.refusal) };
}

function problemsOf(about: string, { message, problems }: Refusal): readonly Problem[] {
  return problems ?? [{ path: about, message }];
}
