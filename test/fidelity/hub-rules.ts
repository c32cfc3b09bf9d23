import { drop, dropEmpty, dropValue, dropWhere, type Edit, replaceText, sortBy, sortTexts } from './edit-at.ts';

/** A field that may differ between a real hub and the offline one, and how it is levelled on both. */
export interface HubRule {
  /** Keys from the object down; `*` is every item of a list or member of an object. */
  readonly path: readonly string[];
  /** Kinds that it holds for; absent means all. */
  readonly kinds?: readonly string[];
  readonly why: string;
  readonly edit: Edit;
}

/** Every field in which a converged offline hub may differ from a converged real one; add a row here, with its reason. */
export const hubRules: readonly HubRule[] = [
  { path: ['metadata', 'uid'], why: 'chosen by each API server', edit: drop },
  { path: ['metadata', 'ownerReferences', '*', 'uid'], why: 'the uid of the owner', edit: drop },
  { path: ['metadata', 'resourceVersion'], why: 'counts the writes of a whole hub', edit: drop },
  { path: ['metadata', 'generation'], why: 'counts writes, whose number depends on timing', edit: drop },
  { path: ['metadata', 'creationTimestamp'], why: 'a time', edit: drop },
  { path: ['metadata', 'managedFields'], why: 'holds times, and the offline hub keeps its own short form', edit: drop },
  { path: ['metadata', 'finalizers'], why: 'in the order in which controllers came', edit: sortTexts },
  {
    path: ['metadata', 'annotations', 'kubectl.kubernetes.io/last-applied-configuration'],
    why: 'kubectl apply writes it, crossply plan does not',
    edit: drop,
  },
  {
    path: ['metadata', 'annotations', 'crossplane.io/reconcile-requested-at'],
    why: 'whether core has to be asked again to look at a slice depends on the speed of the machine',
    edit: drop,
  },
  {
    path: ['status', 'lastHandledReconcileAt'],
    why: 'the annotation above, as core has seen it',
    edit: drop,
  },
  {
    path: ['status', 'members', '*', 'changedAt'],
    kinds: ['ClusterSet'],
    why: 'a time: a cluster manager writes the status of a profile after the profile, and plan reads both at once',
    edit: drop,
  },
  {
    path: ['metadata', 'annotations', 'crossplane.io/external-create-pending'],
    kinds: ['Object'],
    why: 'a time',
    edit: drop,
  },
  {
    path: ['metadata', 'annotations', 'crossplane.io/external-create-succeeded'],
    kinds: ['Object'],
    why: 'a time',
    edit: drop,
  },
  {
    path: ['metadata', 'annotations', 'crossplane.io/external-create-failed'],
    kinds: ['Object'],
    why: 'the time of a first try that came before the namespace; what runs side by side comes in any order',
    edit: drop,
  },
  {
    path: ['metadata', 'annotations', 'crossplane.io/usage-details'],
    kinds: ['Usage'],
    why: 'a text for people that core derives from the spec; the offline hub does not write it',
    edit: drop,
  },
  { path: ['metadata', 'annotations'], why: 'what is left where only those above were', edit: dropEmpty },
  {
    path: ['spec', 'crossplane', 'compositionRevisionRef', 'name'],
    why: 'ends in a hash of the Composition as Go writes it',
    edit: replaceText(/-[0-9a-f]{7}$/g, '-HASH'),
  },
  {
    path: ['spec', 'watch'],
    kinds: ['Object'],
    why: 'false when absent: the API server writes the default that the CRD states, the offline hub leaves it out',
    edit: dropValue(false),
  },
  {
    path: ['status', 'conditions', '*'],
    why: 'whether so many events came at once that core drops some depends on the speed of the machine',
    edit: dropWhere('type', 'Responsive'),
  },
  { path: ['status', 'conditions'], why: 'in the order in which they were first written', edit: sortBy('type') },
  { path: ['status', 'conditions', '*', 'lastTransitionTime'], why: 'a time', edit: drop },
  { path: ['status', 'conditions', '*', 'observedGeneration'], why: 'a generation', edit: drop },
  {
    path: ['status', 'conditions', '*', 'message'],
    why: 'may tell a time',
    edit: replaceText(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME'),
  },
  { path: ['status', 'assignments', '*', 'since'], kinds: ['AssignmentSlice'], why: 'a time', edit: drop },
  { path: ['status', 'assignments', '*', 'movingSince'], kinds: ['AssignmentSlice'], why: 'a time', edit: drop },
  ...['sequence', 'number', 'startedAt', 'endedAt', 'stable', 'waves', 'history'].flatMap((field) =>
    ['spec', 'status'].map(
      (part): HubRule => ({
        path: [part, 'rollout', field],
        kinds: ['AssignmentSlice'],
        why: 'how many rollouts it took, when each was looked at, and which wave had something to open for',
        edit: drop,
      }),
    ),
  ),
  ...['number', 'startedAt', 'endedAt', 'history', 'nextDecisionAt'].map(
    (field): HubRule => ({ path: ['status', 'rollout', field], why: 'the way to where it ended', edit: drop }),
  ),
  { path: ['status', 'rollout', 'waves', '*', 'openedAt'], why: 'a time', edit: drop },
  {
    path: ['status', 'atProvider'],
    kinds: ['Object'],
    why: 'the object as its member has it, with the defaults and statuses of a real API server and real controllers',
    edit: drop,
  },
];
