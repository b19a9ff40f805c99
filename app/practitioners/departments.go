package practitioners

// Department is a clinical department (科室).
type Department struct {
	Code     string `json:"code" example:"cardiology"`
	Official string `json:"official" doc:"Code of the national list (医疗机构诊疗科目名录)" example:"03.04"`
	NameZH   string `json:"nameZh" example:"心血管内科"`
	NameEN   string `json:"nameEn" example:"Cardiology"`
}

// Departments are those that suit online follow-up visits, in the order of 医疗机构诊疗科目名录
// (卫医发〔1994〕27号).
var Departments = []Department{
	{"general-practice", "02", "全科医疗科", "General practice"},
	{"respiratory", "03.01", "呼吸内科", "Respiratory medicine"},
	{"gastroenterology", "03.02", "消化内科", "Gastroenterology"},
	{"neurology", "03.03", "神经内科", "Neurology"},
	{"cardiology", "03.04", "心血管内科", "Cardiology"},
	{"nephrology", "03.06", "肾病学专业", "Nephrology"},
	{"endocrinology", "03.07", "内分泌科", "Endocrinology"},
	{"rheumatology", "03.08", "免疫学专业", "Rheumatology and immunology"},
	{"surgery", "04", "外科", "Surgery"},
	{"obstetrics-gynaecology", "05", "妇产科", "Obstetrics and gynaecology"},
	{"paediatrics", "07", "儿科", "Paediatrics"},
	{"ophthalmology", "10", "眼科", "Ophthalmology"},
	{"otorhinolaryngology", "11", "耳鼻咽喉科", "Otorhinolaryngology"},
	{"dermatology", "13", "皮肤科", "Dermatology"},
	{"chinese-medicine", "50", "中医科", "Traditional Chinese medicine"},
}

// DepartmentOf returns the department of a code; ok is false for an unknown one.
func DepartmentOf(code string) (d Department, ok bool) {
	for _, d := range Departments {
		if d.Code == code {
			return d, true
		}
	}
	return Department{}, false
}
