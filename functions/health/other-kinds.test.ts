import { testFamily, withCondition, withConditions } from './health-cases.ts';

const older = { observedGeneration: 1 };

testFamily(
  'kinds that nobody has described',
  [],
  [
    ...(['example.org/v1', 'Widget'] as const),
    ['no status', {}, 'Silent'],
    ['a status that says nothing of health', { status: { observedGeneration: 2, url: 'http://x' } }, 'Silent'],
    ['a status of an older generation', { status: { ...older, ...withConditions('Ready') } }, 'Progressing'],
    ['ready', { status: withConditions('Ready') }, 'Healthy'],
    ['ready as it was before', { status: withCondition('Ready', 'True', older) }, 'Progressing'],
    ['not ready', { status: withCondition('Ready', 'False', { message: 'no quota' }) }, 'Progressing', 'no quota'],
    ['ready is not known', { status: withCondition('Ready', 'Unknown') }, 'Progressing', 'Ready is Unknown'],
    ['one of two is not True', { status: withConditions('Ready', '!Synced') }, 'Progressing', 'Synced is False'],
    [
      'degraded although available',
      { status: withConditions('Available', 'Degraded') },
      'Progressing',
      'Degraded is True',
    ],
    ['NotReady is no failure', { status: withConditions('NotReady') }, 'Progressing', 'NotReady is True'],
    ['a task that is not complete', { status: withConditions('!Complete') }, 'Progressing', 'Complete is False'],
    ['a task that is complete', { status: withConditions('Complete') }, 'Healthy'],
    ['a task that has failed', { status: withConditions('Failed', '!Complete') }, 'Failed', 'Failed is True'],
    ['failed, as it was before', { status: withCondition('Failed', 'True', older) }, 'Silent'],
    ['a phase of failure', { status: { phase: 'Failed', message: 'broken' } }, 'Failed', 'broken'],
    ['a phase of failure in capitals', { status: { state: 'ERROR' } }, 'Failed', 'state is ERROR'],
    ['a phase of health', { status: { phase: 'Running' } }, 'Healthy'],
    ['a phase that nobody knows', { status: { phase: 'Frobnicating' } }, 'Progressing', 'phase is Frobnicating'],
    [
      'a phase of health with a condition that contradicts',
      { status: { phase: 'Running', ...withConditions('!Ready') } },
      'Progressing',
      'Ready is False',
    ],
    ['conditions that are no list', { status: { conditions: 'none' } }, 'Progressing'],
  ],
);
