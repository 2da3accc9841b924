using System.CommandLine;
using Granary.Application.People;

namespace Granary.Web.Commands;

/// <summary><c>api-key create</c>: prints a new key, once.</summary>
internal static class ApiKeyVerb
{
    public static Verb Make()
    {
        var name = new Option<string>("--name") { Description = "What the key is for.", Required = true };
        var user = new Option<string>("--user") { Description = "E-mail of the user it acts for.", Required = true };
        var create = new Command("create", "Make a key and print it; it is not shown again.") { name, user };
        create.SetAction(_ => { });
        return new Verb(new Command("api-key", "Keys for the API.") { create }, async (parse, place, ct) =>
        {
            var made = await place.Services.GetRequiredService<CreateApiKey>().ForEmail(parse.GetRequiredValue(user), parse.GetRequiredValue(name), ct);
            if (made is null)
            {
                await place.Error.WriteLineAsync($"There is no user {parse.GetRequiredValue(user)} who may act, or the name is not between 1 and 100 characters.");
                return 1;
            }

            await place.Out.WriteLineAsync(made.Key);
            return 0;
        });
    }
}
