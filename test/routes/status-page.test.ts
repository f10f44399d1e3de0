import { expect } from 'chai';
import express from 'express';
import request from 'supertest';
import { type StatusPageParts, createStatusPage } from '../../routes/status-page.ts';

const clock = { now: () => new Date('2026-11-23T22:41:30Z') };

function pageWith(parts: Partial<StatusPageParts>) {
  const none = () => Promise.resolve({ items: [] });
  const empty: StatusPageParts = {
    projections: { pageExceptions: none, pageCalls: none },
    forwardings: { page: none },
    clock,
  };
  return request(express().use(createStatusPage({ ...empty, ...parts }))).get('/');
}

describe('the status page', () => {
  it('says that calls are taken, what waits, and the time in Tokyo', async () => {
    const { status, text, headers } = await pageWith({
      forwardings: {
        page: ({ state }) => Promise.resolve({ items: Array<never>(state === 'pending' ? 200 : 3) }),
      },
    });
    expect(status).to.equal(200);
    expect(headers).to.include({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    expect(text).to.include('動いています').and.include('2026年11月24日 7:41').and.include('まだありません');
    expect(text)
      .to.match(/送信待ち<\/dt><dd>200 件以上/)
      .and.match(/断られたもの<\/dt><dd>3 件/);
  });

  it('says that nothing can be recorded while the database is away, and shows no stack', async () => {
    const away = () => Promise.reject(new Error('connection refused by 10.0.0.1'));
    const { status, text } = await pageWith({ projections: { pageExceptions: away, pageCalls: away } });
    expect(status).to.equal(503);
    expect(text).to.include('記録できません').and.not.include('動いています').and.not.include('10.0.0.1');
  });

  it('runs no script, and its links work where it is read over http', async () => {
    const { text, headers } = await pageWith({});
    expect(text).to.not.include('<script');
    expect(headers['content-security-policy']).to.include("default-src 'none'").and.not.include('upgrade-insecure');
  });
});
