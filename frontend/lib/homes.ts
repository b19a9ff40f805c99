// Where each role is at home. Here alone, for the start of the app leads there before lib/session
// is there.

export type Role = 'patient' | 'doctor' | 'reviewer' | 'dispenser' | 'regulator' | 'analyst' | 'admin'

export const homes: Record<Role, string> = {
  patient: '/pages/home/home',
  doctor: '/pkg-doctor/home/home',
  reviewer: '/pkg-reviewer/home/home',
  dispenser: '/pkg-pharmacy/home/home',
  regulator: '/pkg-regulator/home/home',
  analyst: '/pkg-regulator/home/home',
  admin: '/pkg-admin/home/home',
}
