package demo

import (
	"fmt"
	"slices"
	"time"

	"github.com/smart-hospital/hospital/app/accounts"
	"github.com/smart-hospital/hospital/app/patients/identity"
	"github.com/smart-hospital/hospital/app/practitioners"
	"github.com/smart-hospital/hospital/chain/platform/china"
	"github.com/smart-hospital/hospital/payment/bureau"
	"github.com/smart-hospital/hospital/payment/money"
	"github.com/smart-hospital/hospital/prescription/catalogue"
	"github.com/smart-hospital/hospital/prescription/parties"
)

// Everybody here is made up; id numbers are composed from a date and a serial and given to nobody.

// Member is one of the staff.
type Member struct {
	Login  string
	Role   accounts.Role
	Org    string
	Papers practitioners.Application // empty for roles without a licence
}

func doctor(login, name, department string, title parties.Title, licence, since string, feeFen int64,
	paediatric bool) Member {
	return Member{login, accounts.Doctor, "h1",
		practitioners.Application{Name: name, Title: string(title), Licence: licence, LicensedUntil: "2036-12-31",
			PracticeSince: since, Department: department, Paediatric: paediatric, FeeFen: feeFen}}
}

// StaffNumber is the made-up id number of the nth member of staff: none of a patient's.
func StaffNumber(n int) string {
	return identity.MakeIDNumber(Region, time.Date(1975, 5, 1, 12, 0, 0, 0, time.UTC).AddDate(0, n, 0), 700+n)
}

// hoursOf is a doctor's week: a morning or an afternoon, Monday to Saturday and every second one
// on Sunday, so that the directory always has somebody with an appointment left.
func hoursOf(n int) []practitioners.Hours {
	halves := []practitioners.Hours{{From: "09:00", To: "12:00", Capacity: 6},
		{From: "14:00", To: "17:00", Capacity: 4}}
	week := []practitioners.Hours{}
	for day := 1; day <= 6+n%2; day++ {
		h := halves[(n+day)%2]
		h.Weekday = day
		week = append(week, h)
	}
	return week
}

// about is what the demo's doctors say of their work.
var about = map[string]practitioners.About{
	"doctor.li": {Specialties: []string{"高血压", "冠心病", "心律失常"}, Languages: []string{"zh", "en"},
		Introduction: "从事心血管内科临床工作二十余年，长期随访高血压与冠心病患者，重视用药安全与生活方式管理。"},
	"doctor.wang": {Specialties: []string{"2型糖尿病", "甲状腺疾病", "骨质疏松"}, Languages: []string{"zh"},
		Introduction: "擅长糖尿病的个体化治疗与长期管理，关注低血糖风险与老年患者的用药方案。"},
	"doctor.zhang": {Specialties: []string{"慢性支气管炎", "哮喘", "咳嗽"}, Languages: []string{"zh"},
		Introduction: "呼吸内科主治医师，主要诊治慢性气道疾病，开展吸入用药指导。"},
	"doctor.chen": {Specialties: []string{"儿童呼吸道感染", "儿童过敏", "生长发育"}, Languages: []string{"zh", "yue"},
		Introduction: "儿科副主任医师，熟悉儿童常见病的规范用药与家庭护理。"},
	"doctor.zhao": {Specialties: []string{"湿疹", "荨麻疹", "痤疮"}, Languages: []string{"zh"},
		Introduction: "皮肤科主治医师，主要诊治过敏性皮肤病与痤疮。"},
	"doctor.liu": {Specialties: []string{"慢性病续方", "健康咨询"}, Languages: []string{"zh", "en"},
		Introduction: "全科医师，负责常见慢性病的复诊、续方与转诊建议。"},
	"doctor.huang": {Specialties: []string{"脾胃病", "失眠", "月经不调"}, Languages: []string{"zh"},
		Introduction: "中医内科主任医师，从医三十年，辨证论治脾胃病与失眠。"},
	"doctor.sun": {Specialties: []string{"慢性胃炎", "消化性溃疡", "肠易激综合征"}, Languages: []string{"zh"},
		Introduction: "消化内科副主任医师，主要诊治胃肠功能性疾病与幽门螺杆菌感染。"},
}

func pharmacist(login string, role accounts.Role, org, name, title, licence string) Member {
	return Member{login, role, org,
		practitioners.Application{Name: name, Title: title, Licence: licence, LicensedUntil: "2036-12-31",
			PracticeSince: "2012-07-01"}}
}

// Staff is everybody of the ward as it stands in the demo consortium.
var Staff = []Member{
	{Login: "admin", Role: accounts.Admin, Org: "h1"},
	{Login: "regulator", Role: accounts.Regulator, Org: "r1"},
	doctor("doctor.li", "李明德", "cardiology", parties.Chief, "110310000000101", "1999-07-01", 5000, false),
	doctor("doctor.wang", "王淑芬", "endocrinology", parties.AssociateChief, "110310000000102", "2006-07-01",
		3000, false),
	doctor("doctor.zhang", "张建国", "respiratory", parties.Attending, "110310000000103", "2013-07-01",
		2000, false),
	doctor("doctor.chen", "陈晓燕", "paediatrics", parties.AssociateChief, "110310000000104", "2008-07-01",
		3000, true),
	doctor("doctor.zhao", "赵文静", "dermatology", parties.Attending, "110310000000105", "2015-07-01",
		2000, false),
	doctor("doctor.liu", "刘志远", "general-practice", parties.Resident, "110310000000106", "2020-07-01",
		1000, false),
	doctor("doctor.huang", "黄秉中", "chinese-medicine", parties.Chief, "110310000000107", "1996-07-01",
		5000, false),
	doctor("doctor.sun", "孙雅琴", "gastroenterology", parties.AssociateChief, "110310000000108", "2007-07-01",
		3000, false),
	pharmacist("reviewer.zhou", accounts.Reviewer, "h1", "周慎之", practitioners.ChiefPharmacist, "120310000000201"),
	pharmacist("reviewer.wu", accounts.Reviewer, "h1", "吴思齐", practitioners.PharmacistInCharge, "120310000000202"),
	pharmacist("reviewer.zheng", accounts.Reviewer, "h1", "郑守信", practitioners.PharmacistInCharge,
		"120310000000203"),
	pharmacist("pharmacy.p1", accounts.Dispenser, "p1", "钱百顺", practitioners.PharmacistInCharge, "120310000000301"),
	pharmacist("pharmacy.p2", accounts.Dispenser, "p2", "冯康宁", practitioners.Pharmacist, "120310000000302"),
	pharmacist("pharmacy.p3", accounts.Dispenser, "p3", "褚同春", practitioners.Pharmacist, "120310000000303"),
}

// staff are the people of the organisations served here: the ward's own for its hospital, under
// another hospital's name when it is another one; a pharmacy that has nobody in the list gets a
// pharmacist. An application of pharmacies alone has no doctors and reviewers.
func (s Served) staff() []Member {
	var list []Member
	staffed := map[string]bool{} // pharmacies
	for _, m := range Staff {
		switch {
		case m.Role == accounts.Dispenser && !slices.Contains(s.Pharmacies, m.Org):
			continue
		case m.Role == accounts.Admin:
			m.Org = s.Hospital
		case m.Role == accounts.Doctor || m.Role == accounts.Reviewer:
			if len(s.Hospitals) == 0 {
				continue
			}
			m.Org = s.Hospital
		}
		list = append(list, m)
		staffed[m.Org] = staffed[m.Org] || m.Role == accounts.Dispenser
	}
	for i, id := range s.Pharmacies {
		if !staffed[id] {
			list = append(list, pharmacist("pharmacy."+id, accounts.Dispenser, id, "卫长安",
				practitioners.PharmacistInCharge, fmt.Sprintf("1203100000004%02d", i+1)))
		}
	}
	return append(list, admins(s.Hospital, s.Hospitals, s.Pharmacies)...)
}

// admins: every organisation has two administrators of its own, for the key of a practitioner
// needs both.
func admins(own string, organisations ...[]string) []Member {
	list := []Member{{Login: "deputy", Role: accounts.Admin, Org: own}}
	for _, org := range slices.Concat(organisations...) {
		if org != own {
			list = append(list, Member{Login: "admin." + org, Role: accounts.Admin, Org: org},
				Member{Login: "deputy." + org, Role: accounts.Admin, Org: org})
		}
	}
	return list
}

// Served are the organisations whose application shows the ward: its own hospital, and all whose
// keys are here.
type Served struct {
	Hospital              string
	Hospitals, Pharmacies []string
}

// patients are those of the hospital served here: a pharmacy has none.
func (s Served) patients() []Patient {
	if len(s.Hospitals) == 0 {
		return nil
	}
	return Patients
}

// Patient is one of the ward's.
type Patient struct {
	User      string // in the WeChat sandbox
	Name      string
	Birth     string
	Serial    int // odd: male, even: female (GB 11643)
	allergies []parties.Allergy
	prior     []string // ICD-10 codes the hospital diagnosed face to face
	insutype  bureau.Insutype
	balance   money.Fen // personal account
	spent     money.Fen // of the deductible, this year
}

var penicillin = []parties.Allergy{{Allergen: string(catalogue.Penicillin), Text: "青霉素皮试阳性"}}

// Patients are all of them.
var Patients = []Patient{
	{"patient-01", "林晓东", "1978-03-12", 101, nil, []string{"I10", "E11.9"}, bureau.Employee, 125_000, 100_000},
	{"patient-02", "何美玲", "1985-11-02", 202, penicillin, []string{"J06.9", "K29.5"}, bureau.Employee, 86_050, 0},
	{"patient-03", "郭志强", "1969-06-25", 303, nil, []string{"I10", "J45.9"}, bureau.Employee, 4_200, 150_000},
	{"patient-04", "马春兰", "1957-01-30", 404, nil, []string{"E11.9", "K29.5"}, bureau.Resident, 0, 30_000},
	{"patient-05", "罗家豪", "1992-08-17", 505, nil, []string{"L20.9"}, bureau.Employee, 310_000, 0},
	{"patient-06", "梁婉清", "1996-05-09", 606, nil, []string{"K29.5"}, bureau.Employee, 52_300, 20_000},
	{"patient-07", "宋德福", "1948-12-20", 707, nil, []string{"I10", "E11.9", "J45.9"}, bureau.Resident, 0, 50_000},
	{"patient-08", "谢雨桐", "2001-02-14", 808, nil, []string{"J06.9"}, bureau.Resident, 0, 0},
	{"patient-09", "唐国栋", "1981-09-03", 909, penicillin, []string{"I10"}, bureau.Employee, 98_700, 80_000},
	{"patient-10", "许静怡", "1989-04-22", 110, nil, []string{"L20.9", "K29.5"}, bureau.Employee, 41_600, 0},
	{"patient-11", "韩立群", "1963-10-11", 211, nil, []string{"J45.9", "I10"}, bureau.Employee, 203_400, 130_000},
	{"patient-12", "曹佩珊", "1974-07-07", 312, nil, []string{"E11.9"}, bureau.Resident, 0, 10_000},
}

// Born is the day of birth, in China.
func (p Patient) Born() time.Time {
	t, err := time.ParseInLocation(time.DateOnly, p.Birth, china.Zone)
	if err != nil {
		panic(err) // a constant above
	}
	return t
}

// IDNumber is the patient's.
func (p Patient) IDNumber() string { return identity.MakeIDNumber(Region, p.Born(), p.Serial) }

// Sex is the patient's, by the number.
func (p Patient) Sex() parties.Sex {
	if p.Serial%2 == 1 {
		return parties.Male
	}
	return parties.Female
}
