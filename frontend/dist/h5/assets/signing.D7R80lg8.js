function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.Dd2ZCXBS.js","./index-HrT4nyjj.js","./index-Boeij2UB.css","./files.KAjgXtML.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{aw as i}from"./index-HrT4nyjj.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.Dd2ZCXBS.js"),__vite__mapDeps([0,1,2,3]),import.meta.url),t}export{t as s};
