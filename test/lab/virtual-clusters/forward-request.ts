import { Buffer } from 'node:buffer';
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { parse } from 'yaml';
import { isJsonObject, type JsonObject } from '../../../functions/kube/json.ts';
import { acceptJson, isReadable, mediaType } from './media-type.ts';
import type { MemberApi } from './member-api.ts';
import { realObject, requestMistake } from './real-object.ts';
import { parseResourcePath, type ResourcePath, realPath } from './resource-path.ts';
import { isWatch, realQuery } from './resource-query.ts';
import { sendStatus } from './send-status.ts';
import { virtualAnswer, virtualEvent } from './virtual-object.ts';
import { mapLines } from './watch-lines.ts';

/** A request that came for a virtual cluster, with its path inside that cluster. */
export interface VirtualRequest {
  readonly cluster: string;
  readonly url: URL;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly signal: AbortSignal;
}

/** Has the member answer a request as the virtual cluster would; what all clusters share passes unread. */
export async function forwardRequest(virtual: VirtualRequest, member: MemberApi): Promise<void> {
  const { cluster, url, request, response, signal } = virtual;
  const method = request.method ?? 'GET';
  const path = parseResourcePath(url.pathname);
  const body = await buffer(request);
  const head = headersFor(request.headers);
  if (path === undefined) {
    const headers = { ...head, 'content-length': body.length };
    const answer = await member.send({ method, path: `${url.pathname}${url.search}`, headers, body, signal });
    response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
    return pipeline(answer, response);
  }
  const type = request.headers['content-type'];
  if (body.length > 0 && !isReadable(type)) {
    return sendStatus(
      response,
      415,
      `${type} cannot be read by a virtual cluster: send JSON or YAML, as kubectl apply and kubectl create -f do`,
    );
  }
  const sent = body.length > 0 ? parseBody(body.toString(), type) : undefined;
  const object = isJsonObject(sent) ? sent : undefined;
  const mistake = requestMistake(cluster, path, object);
  if (mistake !== undefined) return sendStatus(response, 422, mistake);
  const real = object === undefined ? body : Buffer.from(JSON.stringify(realObject(cluster, path, object)));
  const { 'accept-encoding': _, ...plain } = head;
  const headers = { ...plain, accept: acceptJson(request.headers.accept), 'content-length': real.length };
  const query = method === 'POST' ? url.searchParams : realQuery(cluster, path, url.searchParams);
  const target = `${realPath(cluster, path)}${query.size === 0 ? '' : `?${query}`}`;
  return answerWith(virtual, path, await member.send({ method, path: target, headers, body: real, signal }));
}

async function answerWith({ cluster, url, response }: VirtualRequest, path: ResourcePath, answer: IncomingMessage) {
  const status = answer.statusCode ?? 502;
  const { 'content-length': _, ...headers } = withoutConnection(answer.headers);
  if (mediaType(answer.headers['content-type']) !== 'application/json') {
    response.writeHead(status, headers);
    return pipeline(answer, response);
  }
  answer.setEncoding('utf8');
  if (status === 200 && isWatch(url.searchParams)) {
    response.writeHead(status, headers);
    response.flushHeaders(); // a watch has begun before its first event
    return pipeline(
      mapLines(answer, (line) => mapJson(line, (event) => virtualEvent(cluster, path, event))),
      response,
    );
  }
  const whole = await text(answer);
  response.writeHead(status, headers);
  response.end(mapJson(whole, (object) => virtualAnswer(cluster, path, object)) ?? '');
}

/** Reads JSON faster than a YAML parser would; what is called YAML is mostly JSON. */
function parseBody(body: string, type: string | undefined): unknown {
  return mediaType(type).endsWith('yaml') && !body.startsWith('{') ? parse(body) : JSON.parse(body);
}

function mapJson(json: string, map: (object: JsonObject) => JsonObject | undefined): string | undefined {
  const value: unknown = json === '' ? undefined : JSON.parse(json);
  if (!isJsonObject(value)) return json;
  const mapped = map(value);
  return mapped === undefined ? undefined : JSON.stringify(mapped);
}

/** Leaves out what belongs to the caller's connection, and its credentials: the member knows the proxy's. */
function headersFor(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const { host: _host, authorization: _authorization, ...others } = withoutConnection(headers);
  return others;
}

function withoutConnection(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const { connection: _c, 'keep-alive': _k, 'transfer-encoding': _t, upgrade: _u, ...others } = headers;
  return others;
}
