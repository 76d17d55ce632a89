import type { TSchema } from 'typebox';
import type { Contract } from '#kernel/contract.ts';
import { commonProblems } from './problem.ts';

type Operation = Readonly<Record<string, unknown>> & { readonly summary: string };
export type OpenApi = {
  readonly openapi: '3.1.0';
  readonly info: Readonly<Record<string, string>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

/** The contracts printed as OpenAPI 3.1: the schemas are JSON Schema already, so nothing is translated. */
export function openApiOf(contracts: readonly Contract[]): OpenApi {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const contract of contracts) {
    const path = `/api${contract.path.replace(/:([A-Za-z]+)/g, '{$1}')}`;
    const operations = paths[path] ?? {};
    operations[contract.method.toLowerCase()] = operationOf(contract);
    paths[path] = operations;
  }
  return { openapi: '3.1.0', info: { title: 'Sáu Rõ', version: '1', description: 'Each operation names who may use it and how it may be refused.' }, paths };
}

function operationOf(contract: Contract): Operation {
  const content = contract.download ? { 'application/octet-stream': {} } : { 'application/json': { schema: contract.reply } };
  return {
    summary: contract.summary,
    'x-who': contract.who,
    parameters: [...parametersOf(contract.params, 'path'), ...parametersOf(contract.query, 'query'), ...commandParameter(contract)],
    ...(contract.upload ? { requestBody: { content: { 'application/octet-stream': {} } } } : {}),
    ...(contract.body ? { requestBody: { required: true, content: { 'application/json': { schema: contract.body } } } } : {}),
    responses: { 200: { description: 'done', content }, ...problemsOf(contract) },
  };
}

function parametersOf(schema: TSchema | undefined, where: 'path' | 'query'): unknown[] {
  const object = schema as { properties?: Record<string, unknown>; required?: string[] } | undefined; // every params and query schema is an object
  return Object.entries(object?.properties ?? {}).map(([name, value]) => ({
    name, in: where, required: where === 'path' || (object?.required?.includes(name) ?? false), schema: value,
  }));
}

const commandParameter = (contract: Contract): unknown[] =>
  contract.method === 'GET' || contract.readOnly || contract.who === 'anyone'
    ? []
    : [{ name: 'idempotency-key', in: 'header', required: true, schema: { type: 'string', format: 'uuid' }, description: 'made by the client, the same when it tries again' }];

function problemsOf(contract: Contract): Record<string, unknown> {
  const byStatus = new Map<number, string[]>();
  for (const [code, status] of [...Object.entries(contract.problems), ...Object.entries(commonProblems)]) {
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries([...byStatus].sort(([a], [b]) => a - b).map(([status, codes]) => [
    status,
    { description: codes.join(', '), content: { 'application/problem+json': { schema: { type: 'object', properties: { code: { enum: codes } } } } } },
  ]));
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c);

/** A page a person can read: path, who, summary, refusals; no script. */
export function openApiPage(document: OpenApi, language: 'vi' | 'en'): string {
  const words = language === 'vi'
    ? { title: 'Giao diện lập trình', operation: 'Thao tác', who: 'Ai được dùng', about: 'Nội dung', refusals: 'Có thể bị từ chối' }
    : { title: 'Programming interface', operation: 'Operation', who: 'Who may', about: 'What it does', refusals: 'May be refused' };
  const rows = Object.entries(document.paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => {
    const responses = operation['responses'] as Record<string, { description: string }>; // built above
    const refusals = Object.entries(responses).filter(([status]) => status !== '200').map(([status, r]) => `${status}: ${r.description}`).join('; ');
    return `<tr><th scope="row"><code>${method.toUpperCase()} ${escaped(path)}</code></th><td>${escaped(String(operation['x-who']))}</td><td>${escaped(operation.summary)}</td><td>${escaped(refusals)}</td></tr>`;
  }));
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Sáu Rõ · ${words.title}</title><link rel="stylesheet" href="/openapi.css"></head>
<body><main><h1>Sáu Rõ · ${words.title}</h1><p><a href="/api/openapi.json">OpenAPI 3.1</a></p>
<table><thead><tr><th scope="col">${words.operation}</th><th scope="col">${words.who}</th><th scope="col">${words.about}</th><th scope="col">${words.refusals}</th></tr></thead><tbody>${rows.join('')}</tbody></table></main></body></html>`;
}
