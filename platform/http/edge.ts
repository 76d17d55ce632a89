import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Edge } from './bind.ts';

const loopback = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** The parts of a request that only sign-in and its kin may look at. */
export function edgeOf(request: FastifyRequest, reply: FastifyReply): Edge {
  const secure = request.protocol === 'https' || loopback.has(request.ip);
  return {
    address: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    secure,
    cookies: request.cookies,
    rawUrl: request.url,
    setCookie(name, value, maxAgeSeconds) {
      reply.setCookie(name, value, { path: '/', httpOnly: true, secure, sameSite: 'strict', maxAge: maxAgeSeconds });
    },
    redirect(url) {
      void reply.redirect(url);
    },
  };
}
