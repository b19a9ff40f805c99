// Package accounts knows who is calling: accounts, log-in and sessions. It promises that a session's
// token is never stored in clear and that a locked account stays locked on every instance.
package accounts

import "errors"

// Role is what an account may do over HTTP. Those that sign have the certificate role of the same name.
type Role string

// Roles of accounts.
const (
	Patient   Role = "patient"   // 患者
	Doctor    Role = "doctor"    // 医师
	Reviewer  Role = "reviewer"  // 审方药师
	Dispenser Role = "dispenser" // 药店调剂药师
	Regulator Role = "regulator" // 监管
	Admin     Role = "admin"     // 管理员
)

// Account is who calls.
type Account struct {
	ID     string // account id
	Person string // opaque person id: the CN of the person's certificates
	Role   Role
	Org    string // member id of the organisation it belongs to; the hospital for patients
}

// ErrUnauthenticated: no session, or it ended.
var ErrUnauthenticated = errors.New("no valid session")
