function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["..-lib-signing-code.DEjOz4TI.js","./page.BlZ_H-x-.js","./index-ks_J9RNn.js","./index-CbTtuu_V.css","./page-B_fm0JrM.css","./subject.D4tmLZc8.js","./files.CyiMyDmn.js","./text.GMVthbxp.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{ai as i}from"./index-ks_J9RNn.js";async function t(){let t;return t=await i(()=>import("..-lib-signing-code.DEjOz4TI.js"),__vite__mapDeps([0,1,2,3,4,5,6,7]),import.meta.url),t}export{t as s};
