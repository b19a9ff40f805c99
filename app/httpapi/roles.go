package httpapi

import "github.com/smart-hospital/hospital/app/accounts"

// Groups of roles that several rooms' operations are for.
var (
	patientOnly = []accounts.Role{accounts.Patient}
	adminOnly   = []accounts.Role{accounts.Admin}
	// practitionerRoles are those that the register puts into office.
	practitionerRoles = []accounts.Role{accounts.Doctor, accounts.Reviewer, accounts.Dispenser}
	// signingRoles are the roles whose people sign with keys of their own.
	signingRoles = []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser}
)

// tagAdmin is of every room's operations for administrators.
var tagAdmin = Tag{Name: "Administration", Doc: "Staff accounts and the register's decisions."}
