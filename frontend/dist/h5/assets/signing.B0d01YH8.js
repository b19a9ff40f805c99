function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.CfPSpOdY.js","./first.yZz_ttys.js","./index-C_SRvQQB.js","./index-DGGu-F3C.css","./first-DtesYsq2.css","./canonical.jlN1wBEU.js","./subject.ByLzRMRy.js","./files.BfWT7NIN.js","./tabs.BsvzW8ed.js","./tabs-Cm4S0fj7.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ar as r}from"./index-C_SRvQQB.js";async function t(){let t;return t=await r(()=>import("./platform-signing-code.CfPSpOdY.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8,9]),import.meta.url),t}export{t as s};
