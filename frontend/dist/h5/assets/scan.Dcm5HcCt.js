function __vite__mapDeps(indexes) {
  if (!__vite__mapDeps.viteFileDeps) {
    __vite__mapDeps.viteFileDeps = ["./platform-camera.Dvb3PZ5T.js","./index.C8IgOQw-.js","./index-D7Sl9eqg.js","./index-B8M_f5dx.css"]
  }
  return indexes.map((i) => __vite__mapDeps.viteFileDeps[i])
}
import{al as t}from"./index-D7Sl9eqg.js";async function a(){let a;const{look:o}=await t(()=>import("./platform-camera.Dvb3PZ5T.js"),__vite__mapDeps([0,1,2,3]),import.meta.url);return a=await o(),null==a?void 0:a.trim()}export{a as s};
