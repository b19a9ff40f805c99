package web

import "github.com/smart-hospital/hospital/app/accounts"

// Groups of roles that several rooms' operations are for.
var (
	PatientOnly = []accounts.Role{accounts.Patient}
	AdminOnly   = []accounts.Role{accounts.Admin}
	// PractitionerRoles are those that the register puts into office.
	PractitionerRoles = []accounts.Role{accounts.Doctor, accounts.Reviewer, accounts.Dispenser}
	// SigningRoles are the roles whose people sign with keys of their own.
	SigningRoles = []accounts.Role{accounts.Patient, accounts.Doctor, accounts.Reviewer, accounts.Dispenser}
)

// Administration is of every room's operations for administrators.
var Administration = Tag{Name: "Administration", Doc: "Staff accounts and the register's decisions."}
