using System.CommandLine;
using System.Text.RegularExpressions;

namespace Granary.Web.Commands;

/// <summary>The command line: serving is what it does when no command is given.</summary>
public static partial class CommandLine
{
    /// <summary>Where to listen.</summary>
    public static Option<string?> Urls { get; } = new("--urls") { Description = "Addresses to listen on, separated by ';'. Default http://127.0.0.1:5080.", Recursive = true };

    /// <summary>The data folder.</summary>
    public static Option<string?> Data { get; } = new("--data") { Description = "Folder of database, keys and uploads. Default ./data.", Recursive = true };

    /// <summary>Whether to make a demo organisation.</summary>
    public static Option<bool> Demo { get; } = new("--demo") { Description = "Fill an empty database with a demo organisation.", Recursive = true };

    /// <summary>Reads what was typed.</summary>
    public static Typed Read(IReadOnlyList<string> arguments, IReadOnlyList<Verb> verbs)
    {
        var root = new RootCommand("Granary 归仓 — lead operations, self-hosted.") { Urls, Data, Demo };
        root.SetAction(_ => { });
        var serve = new Command("serve", "Serve (also without a command).");
        serve.SetAction(_ => { });
        root.Add(serve);
        foreach (var verb in verbs)
        {
            root.Add(verb.Command);
        }

        string[] settings = [.. arguments.Where(IsSetting)];
        var parse = root.Parse([.. arguments.Where(a => !IsSetting(a))]);
        return new Typed([.. arguments], parse, verbs.FirstOrDefault(v => Holds(v.Command, parse.CommandResult.Command)), settings);
    }

    private static bool Holds(Command group, Command command) => group == command || group.Subcommands.Any(c => Holds(c, command));

    // Configuration has colons in its names, or is a section by itself; the others are the web host's own.
    private static bool IsSetting(string argument) => Setting().IsMatch(argument);

    [GeneratedRegex(@"^--(\w+:[\w:.-]+=|(environment|contentRoot|applicationName)=|(Granary|ConnectionStrings|Logging)=$)")]
    private static partial Regex Setting();
}
