// The unhappy twins of the main job: what was typed and left, pressed twice, signed with a wrong
// PIN, rejected, wanted by two pharmacies, given back, cancelled after payment.
import { enterPIN, named } from './browser.mjs'
import {
  CHAIN,
  addDrug,
  agree,
  answerFindings,
  approve,
  back,
  claim,
  hears,
  issue,
  lookUp,
  makeKey,
  openReview,
  patientArrives,
  pay,
  see,
  sign,
  staffArrives,
  status,
  tab,
  takeVisit,
  tap,
  top,
  type,
  writeNote,
} from './walk.mjs'

export const name = 'twins'

const WHO = { user: 'patient-11', name: '韩立群', doctor: '王淑芬' }
const typed = { complaint: '血压又高了，想调药', duration: '一周', notes: '早饭后服' }
const reason = '请改用单药治疗'

export async function run({ browser, out }) {
  const [patient, doctor, reviewer, first, second] = await Promise.all([
    patientArrives(browser, WHO.user),
    staffArrives(browser, 'doctor.wang', 'doctor'),
    staffArrives(browser, 'reviewer.wu', 'reviewer'),
    staffArrives(browser, 'pharmacy.p1', 'pharmacy-1'),
    staffArrives(browser, 'pharmacy.p2', 'pharmacy-2'),
  ])
  patient.expects(/status of 409 .*\/bundle\)/) // its records are still on their way to the chain
  const shot = (p, what) => p.page.screenshot({ path: `${out}/${what}.png` })
  await Promise.all([patient, doctor, reviewer, first, second].map(makeKey))
  await intakeKeptAndSentOnce(patient)
  await askedAgain(patient, shot)
  await prescriptionKept(doctor)
  await wrongPIN(doctor, shot)
  await rejected(doctor, reviewer, patient, shot)
  const pickup = await paid(patient)
  await secondPharmacy(first, second, pickup, shot)
  await released(first, patient)
  await cancelled(patient, second, pickup, shot)
}

/** How often the person's browser sends this command while it does something. */
async function commands({ page }, path, doing) {
  let count = 0
  const heard = (r) => r.method() === 'POST' && new URL(r.url()).pathname === path && count++
  page.on('request', heard)
  await doing()
  page.off('request', heard)
  return count
}

const value = (p, field) => named(p.page, field).locator('input, textarea').first().inputValue()
async function must(what, is, was) {
  if (is !== was) throw new Error(`${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(was)}`)
}

async function intakeKeptAndSentOnce(patient) {
  const toForm = async () => {
    await top(patient, '[data-name^=doctor-]').filter({ hasText: WHO.doctor }).click()
    await see(patient, 'send-request')
  }
  const kept = async (when) => {
    for (const field of ['complaint', 'duration'])
      await must(`${field} ${when}`, await value(patient, field), typed[field])
  }
  await tap(patient, 'way-doctors')
  await toForm()
  await type(patient, 'complaint', typed.complaint)
  await type(patient, 'duration', typed.duration)
  await back(patient)
  await toForm()
  await kept('after coming back')
  await patient.page.reload()
  await named(patient.page, 'send-request').and(patient.page.locator('[aria-disabled=false]')).waitFor()
  await kept('after a reload')
  const sent = await commands(patient, '/v1/consultations', async () => {
    await named(patient.page, 'send-request').dblclick()
    await see(patient, 'say')
  })
  await must('requests sent by a double click', sent, 1)
}

/**
 * A visit with the doctor is open: nothing says that another request was sent, the words stay, and
 * go into that visit when the patient says so.
 */
async function askedAgain(patient, shot) {
  const more = '今天又头晕了'
  patient.expects(/status of 409 .*\/v1\/consultations\)/)
  await back(patient)
  await tap(patient, 'way-doctors')
  await top(patient, '[data-name^=doctor-]').filter({ hasText: WHO.doctor }).click()
  await see(patient, 'send-request')
  await must('complaint after it was sent', await value(patient, 'complaint'), '')
  await type(patient, 'complaint', more)
  const success = patient.page.getByText('已提交').filter({ visible: true })
  await success.waitFor({ state: 'hidden' }) // the first one's
  await tap(patient, 'send-request')
  const modal = patient.page.locator('.uni-modal:visible')
  await modal.getByText('申请没有提交').waitFor()
  await must('success told of a refusal', await success.count(), 0)
  await shot(patient, 'asked-again')
  await modal.locator('.uni-modal__btn_default').click()
  await modal.waitFor({ state: 'hidden' })
  await must('complaint after the refusal', await value(patient, 'complaint'), more)
  await tap(patient, 'send-request')
  await agree(patient)
  await hears(patient, more)
  await patient.page.reload()
  await hears(patient, more) // the server has it
}

async function prescriptionKept(doctor) {
  await tap(doctor, 'open-visits')
  await takeVisit(doctor, typed.complaint)
  await writeNote(doctor, { plan: '调整降压药', diagnosis: 'gxy', code: 'I10' })
  await tap(doctor, 'prescribe')
  const line = await addDrug(doctor, 'aldp', 'D0135')
  await line.locator('.notes input').fill(typed.notes)
  await addDrug(doctor, 'xftt', 'D0190')
  await see(doctor, 'check-ready')
  await back(doctor)
  await tap(doctor, 'prescribe')
  await top(doctor, '[data-line=D0190]').waitFor()
  await must('notes of the line after coming back', await line.locator('.notes input').inputValue(), typed.notes)
}

async function wrongPIN(doctor, shot) {
  await answerFindings(doctor)
  const sent = await commands(doctor, '/v1/prescriptions', async () => {
    await named(doctor.page, 'to-sign').dblclick()
    await see(doctor, 'sign')
  })
  await must('drafts saved by a double click', sent, 1)
  const wrong = doctor.page.getByRole('dialog').getByRole('alert')
  await sign(doctor, '271828')
  await wrong.getByText('签名密码不对，还可以试 9 次').waitFor()
  await enterPIN(doctor.page, '314159')
  await wrong.getByText('签名密码不对，还可以试 8 次').waitFor()
  await shot(doctor, 'wrong-pin')
  await enterPIN(doctor.page, '864213')
  await see(doctor, 'withdraw')
  await status(doctor, 'signed')
}

async function rejected(doctor, reviewer, patient, shot) {
  await openReview(reviewer, WHO.name)
  await tap(reviewer, 'reject')
  await tap(reviewer, 'reason-dose')
  await type(reviewer, 'reason-text', reason)
  await tap(reviewer, 'reject-next')
  await sign(reviewer)
  await see(reviewer, 'side-queue')

  await back(patient) // from the chat, first of its pages since the reload
  await tab(patient, 'home')
  await tap(patient, 'way-rxs')
  await top(patient, '[data-name^=rx-]').first().click()
  await status(patient, 'rejected')
  await top(patient, '.app-danger').getByText(reason).waitFor()
  await shot(patient, 'rejected')
  await back(patient)

  await back(doctor) // to the visit
  await back(doctor) // to the work list
  await tab(doctor, 'rxs')
  await tap(doctor, 'group-rejected')
  await tap(doctor, 'rx-rejected')
  await named(doctor.page, 'review').getByText(reason).waitFor()
  await tap(doctor, 'rework')
  await top(doctor, '[data-line=D0190] [data-name=remove-line]').click()
  await top(doctor, '[data-line=D0190]').waitFor({ state: 'detached' })
  await answerFindings(doctor)
  await shot(doctor, 'rework')
  await issue(doctor)
  await approve(reviewer, WHO.name)
}

async function paid(patient) {
  await tab(patient, 'home')
  await top(patient, '[data-name^=rx-]', { has: '[data-status=approved]' }).first().click()
  return pay(patient)
}

/**
 * Both have the patient's code before them; who claims second is told so, before and after looking
 * it up again.
 */
async function secondPharmacy(first, second, pickup, shot) {
  second.expects(/status of 409 .*\/claim\)/)
  await lookUp(second, pickup.slice(0, -1))
  await named(second.page, 'pickup').getByText('请输入 8 位短取药码').waitFor()
  await lookUp(second, pickup)
  await see(second, 'claim')
  await claim(first, pickup)
  await tap(second, 'claim')
  await second.page.locator('.uni-modal').getByText('已被另一家药店接单').waitFor()
  await shot(second, 'claimed-elsewhere')
  await second.page.locator('.uni-modal__btn_primary').click()
  await back(second)
  await lookUp(second, pickup)
  await top(second, '.app-title').getByText('已被另一家药店接单').waitFor()
  await must('claim buttons for the second pharmacy', await named(second.page, 'claim').count(), 0)
  await back(second)
}

async function released(first, patient) {
  // The page may hear of it, and look, before the answer leads away.
  first.expects(/status of 404 .*\/v1\/prescriptions\/RX[0-9]+\)/)
  await status(patient, 'claimed', CHAIN) // the patient's phone looks by itself
  await tap(first, 'release')
  await type(first, 'reason', '患者改到别处取药')
  await tap(first, 'release-prepare')
  await sign(first)
  await see(first, 'lookup')
  await status(patient, 'paid', CHAIN)
}

async function cancelled(patient, second, pickup, shot) {
  await tap(patient, 'to-rx')
  await tap(patient, 'to-cancel')
  await tap(patient, 'cancel-next')
  await named(patient.page, 'reason').getByRole('alert').waitFor()
  await type(patient, 'reason', '改为线下就诊')
  await tap(patient, 'cancel-next')
  await sign(patient)
  await status(patient, 'cancelled', CHAIN)
  await named(patient.page, 'refund').getByText('已原路退回').waitFor()
  await status(patient, 'refunded')
  await shot(patient, 'refunded')
  second.expects(/status of 403 .*\/lookup\)/) // the code was used for the claim that was given back
  await lookUp(second, pickup)
  await named(second.page, 'claim').waitFor({ state: 'detached' })
}
