import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres, type RunningPostgres } from '#bin/platform/embedded_postgres'
import { Instance } from '#bin/platform/instance'
import { runAce } from '#bin/platform/run_ace'
import { verifyDrawEvidence } from '#lib/draw/verify_evidence'
import { beaconInstallation, type BeaconInstallation } from '#tests/support/beacon_installation'
import { ROOT } from '#tests/support/cluster'
import { readyPlan, signInHosts, until, type Hosts } from '#tests/support/draw_life'
import type { OpenPlan } from '#tests/support/plan_life'
import { publishedTrust, type PublishedKeys } from '#tests/support/published_trust'
import { StatementProxy, type Statement } from '#tests/support/statement_proxy'

export const VICTIMS = ['app', 'witness', 'database'] as const
export type Victim = (typeof VICTIMS)[number]

export interface Schedule {
  readonly victim: Victim
  readonly at: Statement
  readonly when: 'before' | 'after'
}

/** What the interval before a draw shows as well is not the draw's. */
const IDLE_MS = 2500

/**
 * An installation whose processes are killed while it draws: `kill -9` of app, witness or database at a named
 * statement. Afterwards everything is started again, and the draw has to be there whole or not at all.
 */
export class KilledDraws {
  #part = 0
  #hosts: Hosts | null = null

  private constructor(
    readonly directory: string,
    readonly instance: Instance,
    readonly proxy: StatementProxy,
    private postgres: RunningPostgres,
    private readonly beacon: BeaconInstallation | null
  ) {}

  /** At level L3 with a beacon of its own. */
  static async start(level: 'L2' | 'L3'): Promise<KilledDraws> {
    const beacon = level === 'L3' ? await beaconInstallation() : null
    const directory = mkdtempSync(join(tmpdir(), 'lunzheng-killed-'))
    // PostgreSQL, another user under root, keeps its data below.
    chmodSync(directory, 0o755)
    const postgres = await startEmbeddedPostgres(join(directory, 'postgres'))
    const instance = await Instance.prepare({
      root: ROOT,
      varDir: join(directory, 'var'),
      demo: true,
      postgres,
      environment: { LOG_LEVEL: 'fatal', DATABASE_POOL: '8', MEDIA: 'off', ...beacon?.environment },
    })
    await instance.startWitness()
    await runAce(ROOT, ['demo:seed'], instance.environment, 'quiet')
    const proxy = await StatementProxy.to(postgres.port)
    const through = new URL(instance.environment.DATABASE_URL!)
    through.port = String(proxy.port)
    instance.environment.DATABASE_URL = through.href
    await instance.startApp()
    return new KilledDraws(directory, instance, proxy, postgres, beacon)
  }

  async stop(): Promise<void> {
    await this.instance.stop()
    await this.proxy.close()
    await this.postgres.stop()
    this.beacon?.close()
    rmSync(this.directory, { recursive: true, force: true })
  }

  /** Every statement that a draw runs, from the click to its result, each once per text and place. */
  async statementsOfADraw(): Promise<Statement[]> {
    const { hosts, plan } = await this.#ready()
    this.proxy.record()
    await new Promise((done) => setTimeout(done, IDLE_MS))
    const idle = new Set(this.proxy.recorded.map(({ text }) => text))
    this.proxy.record()
    await this.#drawIt(hosts, plan)
    const own = this.proxy.recorded.filter(({ text }) => !idle.has(text) || /^(BEGIN|COMMIT)/i.test(text))
    return own.filter(({ text }) => text !== '' && !/^(SELECT 1|SET |ROLLBACK)/i.test(text))
  }

  /**
   * One draw with its kill. Returns what is wrong afterwards, or null: the statement may not come again at the
   * same place, since jobs run beside it; then nobody was killed and `killed` is false.
   */
  async trial({ victim, at, when }: Schedule): Promise<{ killed: boolean; wrong: string | null }> {
    const { hosts, plan } = await this.#ready()
    this.proxy.set(at, when, () => this.#kill(victim))
    // The click may break with the process; whoever clicked sees that and clicks again.
    await hosts.organiser.press(`/api/reviews/${plan.reviewId}/draw`).catch(() => null)
    await until(
      async () => this.proxy.sprung || (await this.#status(plan)) === 'completed',
      (over) => over,
      `${victim} at ${at.text}`
    ).catch((error: Error) => {
      if (victim === 'database') throw error
    })
    const killed = this.proxy.sprung
    this.proxy.disarm()
    const fixed = killed ? await this.#committedBefore(victim, plan) : null
    if (killed) await this.#restart(victim)
    const wrong = await this.#whatIsWrong(plan, fixed)
    return { killed, wrong }
  }

  /** The log against the tables, at the end of a series. */
  async ledgerAgrees(): Promise<string | null> {
    await this.instance.stopApp()
    const said = await runAce(ROOT, ['ledger:verify'], this.instance.environment, 'quiet').then(
      () => null,
      (error: Error) => error.message
    )
    await this.instance.startApp()
    return said
  }

  async #ready(): Promise<{ hosts: Hosts; plan: OpenPlan }> {
    const hosts = await this.#signedIn()
    this.#part += 1
    return { hosts, plan: await readyPlan(hosts, `${this.#part} 号基坑`) }
  }

  /** They stay signed in: a session outlives the processes. */
  async #signedIn(): Promise<Hosts> {
    const known = this.#hosts
    // A connection that was kept open to a killed app fails once.
    const asked = known?.organiser.get('/api/session').catch(() => known.organiser.get('/api/session'))
    const status = (await asked)?.status
    this.#hosts = known && status === 200 ? known : await signInHosts(this.instance.url)
    return this.#hosts
  }

  async #drawIt(hosts: Hosts, plan: OpenPlan): Promise<void> {
    const started = await hosts.organiser.press(`/api/reviews/${plan.reviewId}/draw`)
    if (started.status !== 202) throw new Error(`draw: ${started.status} ${JSON.stringify(started.body)}`)
    await until(
      () => this.#status(plan),
      (status) => status === 'completed',
      'the draw'
    )
  }

  #kill(victim: Victim): void {
    if (victim === 'app') this.instance.app!.kill('SIGKILL')
    else if (victim === 'witness') this.instance.witness!.kill('SIGKILL')
    else process.kill(this.postgres.pid, 'SIGKILL')
  }

  async #restart(victim: Victim): Promise<void> {
    if (victim === 'database') {
      await this.#revive()
      return
    }
    if (victim === 'app') await this.instance.startApp()
    else await this.instance.startWitness()
  }

  /** Its children notice in their own time that their parent is gone; until then the folder is taken. */
  async #revive(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        this.postgres = await startEmbeddedPostgres(join(this.directory, 'postgres'))
        break
      } catch (error) {
        if (tries === 20) throw error
        await new Promise((done) => setTimeout(done, 500))
      }
    }
    this.proxy.retarget(this.postgres.port)
  }

  /** The draw's fingerprint, where it was durable before the restart; a dead database can't be asked. */
  async #committedBefore(victim: Victim, plan: OpenPlan): Promise<string | null> {
    if (victim === 'database') return null
    const [row] = await this.#sql('SELECT draw_id FROM draws WHERE review_id = $1', [plan.reviewId])
    return (row?.draw_id as string | undefined) ?? null
  }

  async #status(plan: OpenPlan): Promise<string | null> {
    const [row] = await this.#sql('SELECT status FROM draws WHERE review_id = $1', [plan.reviewId]).catch(
      // The database may be the one that was killed.
      () => []
    )
    return (row?.status as string | undefined) ?? null
  }

  async #whatIsWrong(plan: OpenPlan, fixed: string | null): Promise<string | null> {
    const hosts = await this.#signedIn()
    const again = await hosts.organiser.press(`/api/reviews/${plan.reviewId}/draw`)
    if (again.status !== 202) return `clicked again: ${again.status} ${JSON.stringify(again.body)}`
    await until(
      () => this.#status(plan),
      (status) => status === 'completed',
      'the draw after the kill'
    )
    const draws = await this.#sql('SELECT id, draw_id FROM draws WHERE review_id = $1', [plan.reviewId])
    if (draws.length !== 1) return `${draws.length} draws`
    if (fixed && draws[0]!.draw_id !== fixed) return 'another draw than the one that was committed'
    const seats = await this.#sql('SELECT count(*)::int AS n FROM draw_seats WHERE draw_id = $1', [
      draws[0]!.id,
    ])
    if (seats[0]!.n !== 10) return `${seats[0]!.n} seats`
    await until(
      async () => String((await this.#sql('SELECT count(*) AS n FROM ledger_outbox', []))[0]!.n),
      (waiting) => waiting === '0',
      'the entries on their way into the log'
    )
    const timed = ['draw.beacon_awaited', 'draw.witness_answered']
    const once = ['draw.committed', ...(this.beacon ? timed : []), 'draw.completed']
    const entries = await this.#sql(
      `SELECT type, count(*)::int AS n FROM ledger_entries
       WHERE stream = $1 AND type = ANY($2) GROUP BY type`,
      [`review/${plan.reviewId}`, once]
    )
    if (entries.length !== once.length || entries.some(({ n }) => n !== 1))
      return `entries ${JSON.stringify(entries)}`
    return this.#evidenceIsGenuine(hosts, draws[0]!.id as string)
  }

  /** Recomputed from the committed pool: whatever was killed, these are the ten. */
  async #evidenceIsGenuine(hosts: Hosts, drawId: string): Promise<string | null> {
    const { body } = await hosts.organiser.get(`/api/draws/${drawId}/evidence`)
    const { vrfKey } = (await (await fetch(`http://127.0.0.1:${this.instance.witnessPort}/key`)).json()).value
    const keys = await (await fetch(`${this.instance.url}/api/public/draw-keys`)).json()
    const serverVrfKeys = [body.rules.serverKey]
    const trust = { ...publishedTrust(keys as PublishedKeys), serverVrfKeys, witnessVrfKeys: [vrfKey] }
    const { verdict, checks } = verifyDrawEvidence(body, trust)
    const failed = checks.filter(({ ok, code }) => !ok && !code.endsWith('_trusted'))
    return failed.length === 0 && verdict !== 'not_genuine' ? null : `evidence: ${JSON.stringify(failed)}`
  }

  async #sql(text: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.postgres.url('lunzheng') })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(text, values)).rows
    } finally {
      await client.end()
    }
  }
}
