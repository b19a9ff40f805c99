function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./lib-signing-code.BIekp8r3.js","./page.Dskxq7Uz.js","./index-BIqeSKE3.js","./index-B0lQqBjS.css","./page-B_fm0JrM.css","./subject.D4tmLZc8.js","./files.CyiMyDmn.js","./text.GMVthbxp.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ah as i}from"./index-BIqeSKE3.js";async function t(){let t;return t=await i(()=>import("./lib-signing-code.BIekp8r3.js"),__vite__mapDeps([0,1,2,3,4,5,6,7]),import.meta.url),t}export{t as s};
