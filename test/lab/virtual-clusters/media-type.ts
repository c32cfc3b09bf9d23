/** Returns the JSON forms of an Accept header, in its order: what is mapped must be read, so protobuf, CBOR and YAML are not offered. */
export function acceptJson(accept: string | undefined): string {
  const forms = (accept ?? '').split(',').map((form) => form.trim());
  return forms.filter((form) => mediaType(form) === 'application/json').join(',') || 'application/json';
}

/** Returns a media type without its parameters, in lower case. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').replace(/;.*/s, '').trim().toLowerCase();
}

/** Tells whether a request's body of this media type can be read: any JSON, and YAML, which server-side apply names even for JSON. */
export function isReadable(contentType: string | undefined): boolean {
  return /[/+](json|yaml)$/.test(mediaType(contentType));
}
