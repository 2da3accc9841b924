using Granary.Application.People;
using Granary.Application.Storage;
using Granary.Web.Components.Layout;
using Microsoft.EntityFrameworkCore;

namespace Granary.Web.People;

/// <summary>What the shell shows of whoever is signed in.</summary>
internal sealed class SignedInShell(IHttpContextAccessor http, Store store)
{
    public async ValueTask<ShellModel> Get()
    {
        if (http.HttpContext?.ViewerOrNull() is not { } viewer)
        {
            return ShellModel.Guest;
        }

        await using var db = store.Open();
        var unread = await db.Set<Notice>().Where(n => n.UserId == viewer.UserId && n.SeenAt == null).Take(100).CountAsync();
        return new ShellModel(viewer.Name, Initials(viewer.Name), viewer.Grants.Keys.Where(viewer.May).ToHashSet(), unread);
    }

    // Of a Chinese name the given name is what colleagues say; of others the first letters.
    private static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [] => "",
            [var only] when only[0] > '\u2E7F' => only.Length > 2 ? only[^2..] : only,
            [var only] => only[..1].ToUpperInvariant(),
            _ => $"{words[0][0]}{words[^1][0]}".ToUpperInvariant(),
        };
    }
}
