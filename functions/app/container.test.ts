import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateExpressions } from '../template/environment.ts';
import { parseHoles } from '../template/hole-syntax.ts';
import { initContainers, mainContainer, stringEnv } from './container.ts';
import { samplePart } from './sample-part.ts';

const rewritten = (value: string) => stringEnv({ name: 'X', value }).value;

test("the component's own container is named after it and keeps its fields as they are", () => {
  const probe = { httpGet: { path: '/', port: 'http' } };
  const ports = [{ name: 'http', containerPort: 8080, hostIP: '127.0.0.1' }];
  assert.deepEqual(mainContainer(samplePart({ replicas: 2, ports, readinessProbe: probe, args: [] })), {
    name: 'web',
    image: 'example.com/web:1',
    ports,
    readinessProbe: probe,
    args: [],
  });
});

test('sidecars follow the init containers and go on running; fields without a name here pass through', () => {
  const part = samplePart({
    sidecars: [{ name: 'proxy', image: 'p', stdin: true }],
    initContainers: [{ name: 'wait', image: 'w' }],
  });
  assert.deepEqual(initContainers(part), [
    { name: 'wait', image: 'w' },
    { name: 'proxy', image: 'p', stdin: true, restartPolicy: 'Always' },
  ]);
});

test('a variable that is exactly one hole becomes text', () => {
  assert.equal(rewritten('${2 + 2}'), '${string(2 + 2)}');
  assert.equal(rewritten('${ {"a": "}"}["a"] }'), '${string({"a": "}"}["a"])}');
});

test('the hole of a variable gives text for every number, truth value and text, and nothing for null', () => {
  const environment = {
    cluster: { name: 'eu-1', labels: {}, properties: {}, version: '', set: '' },
    app: { name: 'shop', namespace: 'team', labels: {} },
    tier: { name: '', namespace: '', platform: '' },
    namespace: 'team-shop',
    replicas: { web: 3 },
  };
  const valueIn = (hole: string) => {
    const [part] = parseHoles(rewritten(hole) ?? '').value ?? [];
    const expression = typeof part === 'object' ? part.expression : '';
    return evaluateExpressions([expression], environment).values.get(expression);
  };
  assert.equal(valueIn('${replicas.web * 2}'), '6');
  assert.equal(valueIn('${0.5}'), '0.5');
  assert.equal(valueIn('${replicas.web > 2}'), 'true');
  assert.equal(valueIn('${cluster.name}'), 'eu-1');
  assert.equal(valueIn('${string(1)}'), '1');
  assert.equal(valueIn('${null}'), undefined);
});

test('a variable that is text, mixed, escaped, malformed or from elsewhere stays as it is', () => {
  for (const value of ['', '8080', 'on ${cluster.name}', '${1}${2}', '$${1}', '${1', '${}'])
    assert.equal(rewritten(value), value);
  const variable = { name: 'X', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } };
  assert.deepEqual(stringEnv(variable), variable);
});

test('variables of all containers become text', () => {
  const env = [{ name: 'X', value: '${1}' }];
  const part = samplePart({
    env,
    sidecars: [{ name: 'proxy', image: 'p', env }],
    initContainers: [{ name: 'wait', image: 'w', env }],
  });
  for (const container of [mainContainer(part), ...initContainers(part)]) {
    assert.deepEqual(container['env'], [{ name: 'X', value: '${string(1)}' }], String(container['name']));
  }
});
