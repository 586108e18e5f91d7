import assert from 'node:assert/strict';

/** Somebody else registers a finding. */
async function registerFinding(portal, title) {
  const { followUps } = await portal.ask(
    'controller-ksf',
    '{ followUps(filter: { departmentCode: "KSF", year: 2017 }) { nodes { id point { title } } } }',
  );
  const { id } = followUps.nodes.find(({ point }) => point.title === 'Krishantering');
  const { registerFinding: payload } = await portal.ask(
    'performer-ksf',
    'mutation ($input: RegisterFindingInput!) { registerFinding(input: $input) { errors { code message } } }',
    { input: { followUpId: id, title, severity: 'LOW' } },
  );
  assert.deepEqual(payload.errors, []);
}

/** A page that is followed and would not survive being loaded again. */
async function openLive(portal, route, options) {
  const opened = await portal.open(route, options);
  await opened.page.waitForSelector('.liveness[data-state=live]');
  await opened.page.evaluate(() => (window.sameDocument = true));
  return opened;
}

async function assertTold(page) {
  await page.waitForFunction(() =>
    document.querySelector('.liveness [role=status]')?.textContent.includes('Uppdaterad'),
  );
  assert.ok(await page.evaluate(() => window.sameDocument), 'the page was loaded again');
}

export const live = {
  async 'a change by somebody else shows in the matrix, and is told of'(portal) {
    const { page } = await openLive(portal, '/');
    const cell = page.locator('tbody tr').first().locator('td').first();
    const before = await cell.innerText();
    await registerFinding(portal, 'Larmlistan är inte uppdaterad');
    await page.waitForFunction(
      (old) => document.querySelector('tbody tr td').innerText !== old && document.querySelector('.open-findings'),
      before,
    );
    await assertTold(page);
  },

  async 'a change by somebody else shows in the report, and is told of'(portal) {
    const { page } = await openLive(portal, '/#/reports/KSF?year=2017');
    const title = `Reservkraften är inte provad ${Date.now()}`;
    await registerFinding(portal, title);
    await page.getByText(title).first().waitFor();
    await assertTold(page);
  },

  async 'a change by somebody else shows in my work, and keeps the pages that are shown'(portal) {
    const { page } = await openLive(portal, '/#/work', { actor: 'controller-ksf' });
    await page.locator('.more button').click();
    await page.waitForFunction(() => document.querySelectorAll('.work > li').length === 20);
    const before = await page.locator('.lead').innerText();
    await registerFinding(portal, 'Krisledningens rum saknar nycklar');
    await page.waitForFunction((old) => document.querySelector('.lead').innerText !== old, before);
    await assertTold(page);
    assert.equal(await page.locator('.work > li').count(), 20);
  },

  async 'a page that nobody changes tells of nothing'(portal) {
    const { page } = await openLive(portal, '/#/reports/UTB?year=2017');
    await page.waitForTimeout(2500);
    assert.equal(await page.locator('.liveness [role=status]').innerText(), '');
  },

  async 'after an interruption it goes on from the last event'(portal) {
    const sent = [];
    const events = [];
    let interrupt;
    const { page } = await openLive(portal, '/', {
      prepare: (page) =>
        page.routeWebSocket('**/graphql', (socket) => {
          const server = socket.connectToServer();
          socket.onMessage((message) => {
            const { type, payload } = JSON.parse(message);
            if (type === 'subscribe') sent.push(payload.variables);
            server.send(message);
          });
          server.onMessage((message) => {
            const { type, payload } = JSON.parse(message);
            if (type === 'next') events.push(payload.data.jointFollowUp.eventId);
            socket.send(message);
          });
          interrupt = () => socket.close({ code: 1001, reason: 'the server stops' });
        }),
    });
    while (events.length === 0) await page.waitForTimeout(50);
    interrupt();
    await page.waitForSelector('.liveness[data-state=interrupted]');
    await registerFinding(portal, 'Sambandsövningen uteblev');
    await page.waitForSelector('.liveness[data-state=live]');
    await assertTold(page);
    assert.equal(sent[0].after, undefined);
    assert.equal(sent[1].after, events[0]);
  },
};
