using System.Globalization;

namespace Granary.Web.Components.Ui;

/// <summary>
/// What a button of an editable list asks of the server, so that editors work without scripts: the form posts all rows and
/// one command such as <c>rules up 2</c>, and comes back with the rows as asked, nothing saved yet.
/// </summary>
/// <param name="List">Name of the list.</param>
/// <param name="Verb"><c>add</c>, <c>remove</c>, <c>up</c> or <c>down</c>.</param>
/// <param name="At">Index of the row; for <c>add</c> without meaning.</param>
public sealed record RowCommand(string List, string Verb, int At)
{
    public static string Add(string list) => $"{list} add 0";

    public static string Remove(string list, int at) => Text(list, "remove", at);

    public static string Up(string list, int at) => Text(list, "up", at);

    public static string Down(string list, int at) => Text(list, "down", at);

    /// <summary>Reads what a button posted; null when it is no command of a list.</summary>
    public static RowCommand? Read(string? posted) =>
        posted?.Split(' ') is [var list, var verb, var at] && int.TryParse(at, CultureInfo.InvariantCulture, out var index) ? new RowCommand(list, verb, index) : null;

    /// <summary>Does it; a row that is not there is left alone.</summary>
    public void Apply<T>(List<T> rows)
        where T : new()
    {
        switch (Verb)
        {
            case "add":
                rows.Add(new T());
                break;
            case "remove" when At >= 0 && At < rows.Count:
                rows.RemoveAt(At);
                break;
            case "up" when At > 0 && At < rows.Count:
                (rows[At - 1], rows[At]) = (rows[At], rows[At - 1]);
                break;
            case "down" when At >= 0 && At < rows.Count - 1:
                (rows[At + 1], rows[At]) = (rows[At], rows[At + 1]);
                break;
        }
    }

    private static string Text(string list, string verb, int at) => string.Create(CultureInfo.InvariantCulture, $"{list} {verb} {at}");
}
