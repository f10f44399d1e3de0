import { expect } from 'chai';
import express from 'express';
import { Counter, Registry } from 'prom-client';
import request from 'supertest';
import { type ReadinessCheck, createHealthRouter } from '../../routes/health.ts';

function appWith(checks: readonly ReadinessCheck[]) {
  const metrics = new Registry();
  new Counter({ name: 'genba_test_total', help: 'a figure', registers: [metrics] }).inc(3);
  return express().use(createHealthRouter({ checks, metrics }));
}

const holds = (name: string): ReadinessCheck => ({ name, check: () => Promise.resolve(undefined) });

describe('the health of the service', () => {
  it('is alive without any check', async () => {
    expect((await request(appWith([])).get('/healthz')).status).to.equal(200);
  });

  it('is ready when every check holds', async () => {
    const answer = await request(appWith([holds('database'), holds('clock')])).get('/readyz');
    expect(answer.status).to.equal(200);
    expect(answer.headers['cache-control']).to.equal('no-store');
  });

  it('is not ready for as many reasons as there are', async () => {
    const answer = await request(
      appWith([
        holds('clock'),
        { name: 'database', check: () => Promise.resolve('not reachable') },
        { name: 'jobs', check: () => Promise.reject(new Error('secret detail')) },
      ]),
    ).get('/readyz');
    expect(answer.status).to.equal(503);
    expect(answer.body).to.deep.equal({ status: 'not-ready', reasons: ['database: not reachable', 'jobs: failed'] });
  });

  it('gives its figures as Prometheus reads them', async () => {
    const answer = await request(appWith([])).get('/metrics');
    expect(answer.status).to.equal(200);
    expect(answer.text).to.contain('genba_test_total 3');
    expect(answer.headers['content-type']).to.match(/^text\/plain/);
  });
});
