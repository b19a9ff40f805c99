function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-signing-code.BjT3nape.js","./page.CtelinTw.js","./index-D7Sl9eqg.js","./index-B8M_f5dx.css","./page-B_fm0JrM.css","./canonical.jlN1wBEU.js","./subject.D4tmLZc8.js","./files.CyiMyDmn.js","./text.GMVthbxp.js"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{al as t}from"./index-D7Sl9eqg.js";async function r(){let r;return r=await t(()=>import("./platform-signing-code.BjT3nape.js"),__vite__mapDeps([0,1,2,3,4,5,6,7,8]),import.meta.url),r}export{r as s};
