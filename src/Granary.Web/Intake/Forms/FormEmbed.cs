namespace Granary.Web.Intake.Forms;

/// <summary>The script by which another site shows a form: one frame after the script's own element, with the page's UTM parameters.</summary>
internal static class FormEmbed
{
    private const string Source = """
        (() => {
          const me = document.currentScript;
          const form = new URL(me.src.replace(/\/embed\.js.*$/, ""));
          for (const [name, value] of new URLSearchParams(location.search)) {
            if (name.startsWith("utm_") || name === "lang" || name === "glink") form.searchParams.set(name, value);
          }
          const visitor = window.granary && window.granary("visitor");
          if (visitor) form.searchParams.set("visitor", visitor);
          const frame = document.createElement("iframe");
          frame.src = form.href;
          frame.title = me.dataset.title || "Form";
          frame.style.cssText = `width:100%;border:0;height:${me.dataset.height || "760px"}`;
          me.after(frame);
        })();
        """;

    public static IResult Script(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        return TypedResults.Text(Source, "text/javascript; charset=utf-8");
    }
}
