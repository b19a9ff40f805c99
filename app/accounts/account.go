// Package accounts knows who is calling: accounts, log-in, sessions and the security log. It
// promises that no token is stored in clear, that a session ends with the password and the rights
// it was opened under, on every instance at once, and that nobody's wrong guesses keep an account's
// owner out.
package accounts

import "errors"

// Role is what an account may do over HTTP. Those that sign have the certificate role of the same
// name.
type Role string

// Roles of accounts.
const (
	Patient   Role = "patient"   // 患者
	Doctor    Role = "doctor"    // 医师
	Reviewer  Role = "reviewer"  // 审方药师
	Dispenser Role = "dispenser" // 药店调剂药师
	Regulator Role = "regulator" // 监管
	Analyst   Role = "analyst"   // 统计: at a regulator's own node, figures alone
	Admin     Role = "admin"     // 管理员
)

// Due is what a caller must do before anything else.
type Due string

// What may be due. The caller moves next.
const (
	DueNothing  Due = ""
	DuePassword Due = "password"      // somebody else knows the password: choose another
	DueFactor   Due = "second-factor" // set up the second factor
	// DueConsent: agree to the papers in force. Until then the caller reads what is its own, and
	// does nothing else (web.Op).
	DueConsent Due = "consent"
)

// Account is who calls.
type Account struct {
	ID     string // account id
	Person string // opaque person id of this log-in
	Human  string // see CN; empty: Person
	Role   Role
	Org    string // member id of the organisation it belongs to; the hospital for patients
	Due    Due    // until it is done, only that may be done
}

// CN is how the person's certificates, signed documents and prescriptions call the person. It is
// the same for all log-ins of one human whose number of a document was entered before they had
// keys.
func (a Account) CN() string {
	if a.Human != "" {
		return a.Human
	}
	return a.Person
}

// Err is ErrPasswordDue, ErrFactorDue or ErrConsentDue while something is due, else nil.
func (d Due) Err() error {
	switch d {
	case DuePassword:
		return ErrPasswordDue
	case DueFactor:
		return ErrFactorDue
	case DueConsent:
		return ErrConsentDue
	}
	return nil
}

// ErrUnauthenticated: no session, or it ended.
var ErrUnauthenticated = errors.New("no valid session")
