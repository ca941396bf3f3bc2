/** Texts that leave the house. An SMS has 70 characters; what doesn't fit is behind the link. */
export type SmsKind = 'password_code' | 'first_password' | 'invitation' | 'notice'

const texts: Record<SmsKind, (params: Record<string, string>) => string> = {
  password_code: ({ code }) => `【论证】验证码 ${code}，10 分钟内有效。工作人员不会向您索要。`,
  first_password: ({ organisation, url }) =>
    `【论证】${organisation}邀请您参与方案论证。用本手机号设置密码：${url}`,
  invitation: ({ plan, time, due, url }) =>
    `【论证】邀请您论证“${plan}”，拟 ${time} 开会。${due} 前答复：${url}`,
  notice: ({ text, url }) => `【论证】${text} ${url}`,
}

export function smsText(kind: SmsKind, params: Record<string, string>): string {
  return texts[kind](params)
}
