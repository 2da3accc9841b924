using Granary.Application.People;
using Granary.Application.Settings;
using Microsoft.AspNetCore.Identity;

namespace Granary.Web.People;

/// <summary>Signs in by e-mail and password. One answer for every failure, after the same time, so that addresses cannot be probed.</summary>
internal sealed class PasswordSignIn(SignInManager<User> signIn, IPasswordHasher<User> hasher, SettingCache settings)
{
    /// <summary>Whether the sign-in succeeded; the fifth failure locks the account for ten minutes.</summary>
    public async Task<bool> Try(string? email, string? password, bool stay)
    {
        var user = await signIn.UserManager.FindByNameAsync(email?.Trim() ?? "");
        if (user is null || string.IsNullOrEmpty(password))
        {
            hasher.HashPassword(new User { Name = "" }, password ?? "");
            return false;
        }

        var mayAct = (await settings.Get()).ViewerOf(user.Id) is not null;
        var result = await signIn.CheckPasswordSignInAsync(user, password, lockoutOnFailure: true);
        if (!result.Succeeded || !mayAct)
        {
            return false;
        }

        await signIn.SignInAsync(user, stay);
        return true;
    }
}
