import type { Component } from '../generated/types.ts';
import type { AppFacts, AppPart } from './app-part.ts';

/** Returns a component of an App `shop` for tests, with an image and the given fields. */
export function samplePart(fields: Partial<Component> = {}, app: Partial<AppFacts> = {}): AppPart {
  const component: Component = { name: 'web', image: 'example.com/web:1', ...fields };
  return { app: { name: 'shop', labels: {}, namespace: 'team-shop', ...app }, component, path: 'spec.components[0]' };
}
