using Granary.Application.Settings;
using Microsoft.AspNetCore.Http.Features;

namespace Granary.Web.Intake.Collect;

/// <summary>
/// The script of a web site: page views, clicks on what bears <c>data-granary</c>, downloads, visits of forms. It keeps an id of
/// the visitor in the site's own storage, and neither that nor anything else before they have agreed where that is asked for.
/// </summary>
public static class CollectScript
{
    /// <summary>Most characters, so that a page gets it at once.</summary>
    public const int Most = 2_048;

    /// <summary>Where the script keeps the visitor's id; the frame of a form is given it from there.</summary>
    public const string Key = "granary.visitor";

    private const string Ask = "__ASK__";

    private const string Source = """
        (()=>{
        const me=document.currentScript,to=new URL("/collect",me.src).href,ask=__ASK__,V="granary.visitor",C="granary.consent",Q="granary.from",L=localStorage,p=new URLSearchParams(location.search);
        const ok=()=>!ask||L.getItem(C)==="1";
        const id=()=>{let v=L.getItem(V);if(!v){v="10000000-1000-4000-8000-100000000000".replace(/[018]/g,c=>(c^crypto.getRandomValues(new Uint8Array(1))[0]&15>>c/4).toString(16));L.setItem(V,v)}return v};
        const post=t=>{const b=JSON.stringify(t);navigator.sendBeacon&&navigator.sendBeacon(to,b)||fetch(to,{method:"POST",body:b,keepalive:true,credentials:"omit"}).catch(()=>{})};
        const from=()=>{const f={},u={};for(const k of["source","medium","campaign","term","content"])if(p.get("utm_"+k))u[k]=p.get("utm_"+k).slice(0,200);if(Object.keys(u).length)f.utm=u;if(p.get("glink"))f.link=p.get("glink");
        if(f.utm||f.link)sessionStorage.setItem(Q,JSON.stringify(f));return f.utm||f.link?f:JSON.parse(sessionStorage.getItem(Q)||"{}")};
        const send=(kind,detail)=>{if(ok())post({visitor:id(),kind,url:location.href.slice(0,2000),detail:detail?String(detail).slice(0,200):undefined,channel:me.dataset.channel,consent:true,...from()})};
        const view=()=>{send(me.dataset.page==="core"?"corePageViewed":"pageVisited");if(document.querySelector("form[data-granary-form],iframe[src*='/f/']"))send("formVisited")};
        addEventListener("click",e=>{const a=e.target.closest("[data-granary],a[download],a[href$='.pdf']");if(a)send(a.dataset.granary?(a.dataset.granaryKind||"moduleClicked"):"downloaded",a.dataset.granary||a.pathname)},true);
        window.granary=(verb,value,detail)=>{
        if(verb==="consent"){const had=ok();L.setItem(C,value?"1":"0");if(!value){L.removeItem(V);sessionStorage.removeItem(Q)}else if(!had)view()}
        else if(verb==="signOff"){const v=L.getItem(V);if(v)post({visitor:v,signOff:true});L.removeItem(V);sessionStorage.removeItem(Q)}
        else if(verb==="touch")send(value,detail);
        else if(verb==="visitor")return ok()?id():null};
        view()})();
        """;

    internal static IResult Give(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=300";
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return TypedResults.Text(Of(http.Features.GetRequiredFeature<Setting>().Tracking.AsksConsent), "text/javascript; charset=utf-8");
    }

    /// <summary>The script.</summary>
    /// <param name="asks">Whether nothing is kept or sent before the visitor has agreed.</param>
    public static string Of(bool asks) => Source.Replace(Ask, asks ? "true" : "false", StringComparison.Ordinal);
}
