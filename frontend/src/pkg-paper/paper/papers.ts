// The two documents that the log-in names. Each has a version: a change of the words is another one, with the day it is in force from. The
// texts say what this program does; whether they are all that the law asks for, the hospital that puts its name on them has to say.
import type { Language } from '@/lib/settings'

export type PaperName = 'service' | 'privacy'

/** In one language: a heading, and its paragraphs. */
type Chapter = [heading: string, ...paragraphs: string[]]

export interface Paper {
  version: number
  /** The day it is in force from. */
  since: string
  words: Record<Language, { title: string; chapters: Chapter[] }>
}

export const papers: Record<PaperName, Paper> = {
  service: {
    version: 1,
    since: '2026-12-01',
    words: {
      'zh-Hans': {
        title: '服务须知',
        chapters: [
          ['适合什么情况', '本服务用于常见病、慢性病的在线复诊：您已在医疗机构就诊并有诊断，医生在线上继续诊疗、开具处方。', '急症、病情加重或首次出现的症状请到医院就诊；危急时请拨打 120。'],
          ['您要做的', '请使用本人身份，如实说明病情、过敏史和正在用的药。为孩子就诊，须由监护人在本人账号下添加孩子的档案。', '签名密码只有您知道，医院也看不到。用它签名等于本人签字，请勿告诉他人。'],
          ['处方和取药', '处方由医生签名、药师审核后才能付费和取药。过了有效期不能再用，已付的钱会退回。', '谁拿到取药码谁就能取药，请妥善保管，只在取药时出示。'],
          ['费用', '问诊费在申请前列明，药费和医保支付的部分在付费前列明。处方在发药前撤回或过期的，钱款原路退回。'],
          ['防篡改记录', '开方、审方、付费、发药等每一步都由操作的人签名，并在联盟链上留下凭证。凭证里没有您的姓名、证件号、药品和诊断。'],
        ],
      },
      en: {
        title: 'Terms of service',
        chapters: [
          ['What it is for', 'Online follow-up visits for common and chronic illnesses: you have been diagnosed at a hospital, and the doctor goes on with the treatment and prescribes.', 'For an emergency, an illness that gets worse, or a symptom you never had, go to a hospital. In danger call 120.'],
          ['What you do', 'Use your own identity, and tell the truth about your illness, allergies and the medicine you take. A guardian adds a child’s record in the guardian’s own account.', 'Only you know your signing PIN; the hospital cannot see it. To sign with it is your signature: tell it to nobody.'],
          ['Prescriptions and medicine', 'A prescription can be paid and collected after the doctor has signed it and a pharmacist has reviewed it. After its validity it cannot be used, and what was paid goes back.', 'Whoever has your pick-up code can collect the medicine: keep it safe, and show it only when you collect.'],
          ['What it costs', 'A visit’s fee is shown before you ask for it; the medicine and the insurance’s part are listed before you pay. When a prescription is withdrawn or expires before the hand-out, the money goes back the way it came.'],
          ['Tamper-proof record', 'Whoever prescribes, reviews, pays or hands out signs the step, and a proof stays on the consortium’s chain. It holds no name, no number of a document, no medicine and no diagnosis.'],
        ],
      },
    },
  },
  privacy: {
    version: 1,
    since: '2026-12-01',
    words: {
      'zh-Hans': {
        title: '隐私政策',
        chapters: [
          ['我们处理哪些信息', '身份：姓名、证件类型和号码、手机号、微信账号标识、医保电子凭证。', '健康：过敏史、慢性病、体重、孕哺情况、病历、问诊消息和图片、处方、付费和取药记录。健康信息是敏感个人信息。', '账号安全：登录过的设备名称和时间、签名公钥。'],
          ['用来做什么', '只用于问诊、开方、审方、医保结算、取药、通知您进展、保护账号，以及法律要求的留存和监管。不用于广告，也不出售。'],
          ['谁能看到', '为您接诊的医生、审核处方的药师、您出示取药码的药店、办理结算的医保部门，以及依法调取的监管部门，各自只看到办事所需的部分。', '谁在什么时候看过您的档案，可在“谁看过我的记录”里查到。'],
          ['存放在哪里', '病历、处方、消息和图片加密存放在医院自己的数据库。联盟链上只有加盐的摘要和签名，没有姓名、证件号、药品和诊断。', '您的设备上保存用签名密码加密的签名凭据、未发送的内容、取药凭证和最近看过的处方；后三样在退出登录时删除。不选择“保持登录”时，登录状态随窗口关闭而结束。'],
          ['保存多久', '病历和处方按法律规定的期限保存，在此期间不能删除。消息提醒保存 30 天。链上的凭证不能删除，但不含可识别您的内容。'],
          ['您的权利', '您可以在“我的”中查看和更正档案、查看登录设备并退出、更换签名密码。', '撤回同意或注销账号，请到医院服务台办理。正在进行的问诊、未用完的处方和未结清的款项须先了结；依法应当保存的病历、处方和记录继续保存。'],
        ],
      },
      en: {
        title: 'Privacy policy',
        chapters: [
          ['What we process', 'Identity: name, kind and number of a document, phone, WeChat’s id, insurance card.', 'Health: allergies, chronic illnesses, weight, pregnancy, notes, messages and pictures, prescriptions, payments and collections. Health information is sensitive personal information.', 'Security: names of devices you logged in on and when, public signing keys.'],
          ['What for', 'For visits, prescribing, review, settlement with the insurance, collection, telling you what happens, the account’s safety, and what the law asks to be kept or shown. Not for advertising, and never sold.'],
          ['Who sees it', 'The doctor who sees you, the pharmacist who reviews, the pharmacy you show the pick-up code, the insurance that settles, and an authority with a right to it: each the part that it needs.', 'Who has read your record, and when, is on the page “Who looked at it”.'],
          ['Where it is kept', 'Notes, prescriptions, messages and pictures lie encrypted in the hospital’s own database. The chain holds salted digests and signatures: no name, no document’s number, no medicine and no diagnosis.', 'Your device keeps your signing key, encrypted. What was not sent and the pick-up papers go at log-out. Unless you chose to stay logged in, a session ends with its window.'],
          ['How long', 'Notes and prescriptions are kept as long as the law says, and cannot be deleted before. Notices are kept for 30 days. Proofs on the chain cannot be deleted; nothing in them tells who you are.'],
          ['Your rights', 'Under “Me” you see and correct your record, see the devices you are logged in on and end them, and replace your signing PIN.', 'To withdraw your consent or close the account, come to the hospital’s desk. Visits under way, prescriptions not used up and money not settled come to an end first; what the law says must be kept is kept.'],
        ],
      },
    },
  },
}
