import { testFamily, withCondition, withConditions } from '../health-cases.ts';
import { networking } from './networking.ts';

const gateway = 'gateway.networking.k8s.io/v1';

testFamily(
  'networking',
  networking,
  [
    ...(['v1', 'Service'] as const),
    ['inside the cluster', { spec: { type: 'ClusterIP' } }, 'Healthy'],
    [
      'a load balancer with an address',
      { spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } },
      'Healthy',
    ],
    ['a load balancer without', { spec: { type: 'LoadBalancer' }, status: { loadBalancer: {} } }, 'Progressing'],
  ],
  [
    ...([gateway, 'Gateway'] as const),
    ['programmed', { status: withConditions('Accepted', 'Programmed') }, 'Healthy'],
    ['not programmed', { status: withConditions('Accepted', '!Programmed') }, 'Progressing', 'Programmed is False'],
    [
      'not accepted',
      { status: withCondition('Accepted', 'False', { message: 'no such class' }) },
      'Progressing',
      'no such class',
    ],
  ],
  [
    ...([gateway, 'HTTPRoute'] as const),
    [
      'accepted by every parent',
      { status: { parents: [withConditions('Accepted', 'ResolvedRefs'), withConditions('Accepted')] } },
      'Healthy',
    ],
    [
      'refused by one',
      {
        status: {
          parents: [
            withConditions('Accepted'),
            withCondition('Accepted', 'False', { message: 'NotAllowedByListeners' }),
          ],
        },
      },
      'Progressing',
      'NotAllowedByListeners',
    ],
    [
      'its backend does not exist',
      { status: { parents: [withConditions('Accepted', '!ResolvedRefs')] } },
      'Progressing',
      'ResolvedRefs is False',
    ],
    [
      'accepted as it was before',
      { status: { parents: [withCondition('Accepted', 'True', { observedGeneration: 1 })] } },
      'Progressing',
    ],
    ['nobody has looked', { status: { parents: [] } }, 'Progressing', 'does not say that it is healthy'],
  ],
  [
    ...([gateway, 'BackendTLSPolicy'] as const),
    ['accepted', { status: { ancestors: [withConditions('Accepted')] } }, 'Healthy'],
    ['refused', { status: { ancestors: [withConditions('!Accepted')] } }, 'Progressing', 'Accepted is False'],
  ],
);
