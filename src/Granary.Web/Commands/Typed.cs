using System.CommandLine;

namespace Granary.Web.Commands;

/// <summary>What was typed.</summary>
/// <param name="Arguments">Everything, as it was typed.</param>
/// <param name="Parse">Its meaning.</param>
/// <param name="Verb">The command; null serves.</param>
/// <param name="Settings">Configuration by the usual names, such as <c>--Granary:Database=postgres</c>.</param>
public sealed record Typed(string[] Arguments, ParseResult Parse, Verb? Verb, string[] Settings)
{
    /// <summary>Exit code of what was typed wrongly.</summary>
    public const int Misuse = 2;

    /// <summary>Whether a demo organisation is wanted.</summary>
    public bool Demo => Parse.GetValue(CommandLine.Demo);

    /// <summary>What was typed, as configuration.</summary>
    public Dictionary<string, string?> Configuration
    {
        get
        {
            Dictionary<string, string?> typed = [];
            if (Parse.GetValue(CommandLine.Urls) is { } urls)
            {
                typed["urls"] = urls;
            }

            if (Parse.GetValue(CommandLine.Data) is { } data)
            {
                typed["Granary:DataDirectory"] = data;
            }

            return typed;
        }
    }

    /// <summary>What is answered at once: help, the version, or what was typed wrongly; null when there is something to do.</summary>
    public int? Answer(TextWriter output, TextWriter error)
    {
        if (Parse.Errors.Count > 0)
        {
            foreach (var wrong in Parse.Errors)
            {
                error.WriteLine(wrong.Message);
            }

            error.WriteLine("Try --help.");
            return Misuse;
        }

        // An action that is not the command's own is an option's: help or version.
        return Parse.Action is { } action && action != Parse.CommandResult.Command.Action
            ? Parse.Invoke(new InvocationConfiguration { Output = output, Error = error })
            : null;
    }
}
