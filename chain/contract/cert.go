package contract

import (
	"slices"

	"github.com/smart-hospital/hospital/chain/base64"
	"github.com/smart-hospital/hospital/chain/gm/pki"
)

// SubjectCert is the prefix of certificates: their ids follow.
const SubjectCert = "cert:"

// Kinds of a certificate.
const (
	// KindEnrol puts a person's certificate on the chain; actor: the issuing organisation's seal.
	KindEnrol Kind = "cert.enrol"
	// KindRevoke ends a certificate; actor: the issuing organisation's seal.
	KindRevoke Kind = "cert.revoke"
)

// Statuses of a certificate.
const (
	StatusEnrolled Status = "enrolled"
	StatusRevoked  Status = "revoked"
)

// Roles of certificates. Their Chinese terms are in the glossary.
const (
	RoleDoctor    Role = "doctor"    // 医师, enrolled by a hospital
	RoleReviewer  Role = "reviewer"  // 审方药师, enrolled by a hospital
	RoleDispenser Role = "dispenser" // 调剂药师, enrolled by a pharmacy
	RolePatient   Role = "patient"   // 患者, enrolled by a hospital
	RoleSeal      Role = "seal"      // an organisation's own seal (机构签章); listed with the member
	RoleAssessor  Role = "assessor"  // 核保理赔员, enrolled by an insurer; schema 2
	RoleDevice    Role = "device"    // 设备, enrolled by a maker, a wholesaler or a pharmacy; schema 2
)

// enrolling are the organisations with people or devices of their own.
var enrolling = slices.Concat(home(Schema1, OrgHospital, OrgPharmacy, OrgInsurer),
	home(Schema2, OrgMaker, OrgWholesaler))

var cert = Contract{
	Prefix: SubjectCert, Of: "certificate id",
	Called: map[Status]Words{StatusEnrolled: {"有效", "Valid"}, StatusRevoked: {"已吊销", "Revoked"}},
	Roles: []Enrolment{
		{RoleDoctor, []OrgRole{OrgHospital}, Schema1},
		{RoleReviewer, []OrgRole{OrgHospital}, Schema1},
		{RoleDispenser, []OrgRole{OrgPharmacy}, Schema1},
		{RolePatient, []OrgRole{OrgHospital}, Schema1},
		{RoleSeal, nil, Schema1},
		{RoleAssessor, []OrgRole{OrgInsurer}, Schema2},
		{RoleDevice, []OrgRole{OrgMaker, OrgWholesaler, OrgPharmacy}, Schema2},
	},
	Steps: []Transition{
		{
			Kind: KindEnrol, Words: Words{"签名证书开通", "Certificate enrolled"},
			Since: Schema1, From: since(Schema1, StatusNone), To: StatusEnrolled,
			Actors: since(Schema1, RoleSeal), Orgs: enrolling,
			Facts: []Need{{Fact: "cert", Type: TypeCertificate, Since: Schema1}}, Begun: CodeDuplicateCert,
			Guards: []Guard{{"certificate", Schema1, certificate}},
		},
		{
			Kind: KindRevoke, Words: Words{"签名证书吊销", "Certificate revoked"},
			Since: Schema1, From: since(Schema1, StatusEnrolled), To: StatusRevoked,
			Actors: since(Schema1, RoleSeal), Orgs: enrolling,
		},
	},
}

// certificate: it comes from the organisation's own CA, and its key is no other person's: a key
// that two people share would let one of them prescribe and review.
func certificate(s *Step) Verdict {
	der, _ := base64.Decode(s.Facts.Cert) // of what is no base64: nothing, which is no certificate
	if len(der) > MaxCertBytes {
		return Refuse(CodeBadCert, "not a certificate of acceptable size")
	}
	c, err := pki.ParseCertificate(der)
	if err != nil || SubjectCert+c.ID() != s.Subject {
		return Refuse(CodeBadCert, "not a certificate, or not the subject's")
	}
	if s.World.Enrols(c) != nil {
		return Refuse(CodeBadCert, "not one the organisation may enrol")
	}
	if s.World.KeyIsAnothers(c) {
		return Refuse(CodeBadCert, "key is another person's")
	}
	return Pass
}
