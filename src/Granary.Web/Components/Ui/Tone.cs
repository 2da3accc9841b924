namespace Granary.Web.Components.Ui;

/// <summary>What a colour says. Never colour alone: a word or a figure stands beside it.</summary>
public enum Tone
{
    Neutral,
    Primary,
    Info,
    Ok,
    Warning,
    Danger,
    Accent,
}

internal static class ToneNames
{
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Primary => "primary",
        Tone.Info => "info",
        Tone.Ok => "ok",
        Tone.Warning => "warning",
        Tone.Danger => "danger",
        Tone.Accent => "accent",
        _ => "neutral",
    };
}
