package keys

import (
	"github.com/smart-hospital/hospital/app/oversight"
	"github.com/smart-hospital/hospital/chain"
)

var ruleBadCertificate = oversight.Rule{ID: "bad-certificate", Level: oversight.Alarm, Citation: oversight.FromLedger,
	ZH: "企图登记无权签发的证书，或他人的密钥",
	EN: "tried to enrol a certificate that the organisation may not issue, or another person's key"}

// Oversight is what the regulator judges of certificates.
var Oversight = oversight.Part{
	Subjects: chain.SubjectCert,
	Rules:    []oversight.Rule{ruleBadCertificate},
	Attempt: func(t oversight.Tried) (oversight.Rule, bool) {
		return ruleBadCertificate, t.Code == chain.CodeBadCert
	},
}
