import { compareQuantities, parseQuantity, type Quantity } from '../kube/quantity.ts';
import { compareVersions, parseVersion, type Version } from './version.ts';

/** A property of a cluster, or what it is compared with, read as all that it may stand for. */
export interface PropertyValue {
  readonly text: string;
  readonly quantity?: Quantity;
  readonly version?: Version;
}

/** Returns a text as a property value; one such as 1.33 is both a quantity and a version. */
export function readPropertyValue(text: string): PropertyValue {
  const quantity = parseQuantity(text).value;
  const version = parseVersion(text);
  return { text, ...(quantity !== undefined && { quantity }), ...(version !== undefined && { version }) };
}

/**
 * Returns -1, 0 or 1 for a value less than, equal to or greater than a wanted one: as quantities when both are, else as
 * versions when both are (see `compareVersions` for parts left out), else as texts. Texts that differ have no order, which
 * is `undefined`. A wanted 1.33 is a quantity to a value of 1.4 or 1.330; v1.33 is always a version.
 */
export function compareProperty(value: PropertyValue, wanted: PropertyValue): -1 | 0 | 1 | undefined {
  if (value.quantity !== undefined && wanted.quantity !== undefined) {
    return compareQuantities(value.quantity, wanted.quantity);
  }
  if (value.version !== undefined && wanted.version !== undefined) {
    return compareVersions(value.version, wanted.version);
  }
  return value.text === wanted.text ? 0 : undefined;
}
