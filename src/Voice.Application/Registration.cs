using AutoMapper;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Voice.Application.Events;
using Voice.Application.Webhooks;

namespace Voice.Application;

/// <summary>Puts the operations together.</summary>
public static class Registration
{
    /// <summary>Adds every handler, validator and map of this assembly, and what several operations share.</summary>
    public static IServiceCollection AddVoiceApplication(this IServiceCollection services)
    {
        var assembly = typeof(Registration).Assembly;
        // MediatR 5 has no free registration package that restores; this is all of it.
        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
            foreach (var handler in type.GetInterfaces().Where(IsHandler)) services.AddTransient(handler, type);
        services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton, includeInternalTypes: true);
        services.AddSingleton(new MapperConfiguration(map => map.AddMaps(assembly)).CreateMapper());
        services.AddSingleton<CallbackIntake>();
        services.AddSingleton<Waiter>();
        services.AddSingleton<EventCourier>();
        return services;
    }

    private static bool IsHandler(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRequestHandler<,>);
}
