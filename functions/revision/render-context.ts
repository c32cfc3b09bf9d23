import { isJsonObject, type Json, type JsonObject } from '../kube/json.ts';
import type { Problem } from '../kube/problem.ts';
import { version } from '../version.ts';
import type { Renderer } from './revision-content.ts';

/** The context key under which a renderer may tell FanOut its version and what it could not render. */
export const renderKey = 'crossply.dev/render';

/** What a renderer says of its work; third-party renderers say nothing. */
export type RenderContext = {
  readonly renderer?: Renderer;
  /** Why nothing usable was rendered: FanOut then keeps what runs. */
  readonly problems: readonly Problem[];
  /** What it has changed that people may not expect. */
  readonly notes?: readonly string[];
};

/** Returns what the renderer said of its work. */
export function readRenderContext(context: ReadonlyMap<string, Json>): RenderContext {
  const value = context.get(renderKey);
  return isJsonObject(value) && Array.isArray(value['problems'])
    ? (value as unknown as RenderContext)
    : { problems: [] };
}

/** Returns what one of our own renderers tells FanOut: its version, why nothing usable was rendered, if so, and what people may not expect. */
export function told(
  problems: readonly Problem[],
  notes: readonly string[] = [],
): { readonly context: { readonly [key: string]: Json } } {
  const word: RenderContext = {
    ...{ renderer: { name: 'crossply', version }, problems },
    ...(notes.length > 0 && { notes }),
  };
  return { context: { [renderKey]: word as unknown as JsonObject } };
}
